// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// One routine per kind of operand and direction. Of all spellings the encoder writes the canonical
// one, which is the shortest that the tables have.
//
//   number     short form, or escape and LEB128
//   quantity   short form, or escape + measure and LEB128 (zigzag unless a literal)
//   place      short form, or escape + anchor, LEB128 index where it takes one, zigzag offset
//   data       LEB128 length, bytes; at most what remains of the input
//
// Only the opcode says whether data, a body and the null are there, so that what is common costs
// nothing: `AllocatePages BootServicesData 3` and `FreePages page[0] whole` are three bytes.
#include "properties/oracle/program/bytes/codec_bytes.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <utility>

#include "properties/oracle/program/bytes/number_forms.h"
#include "properties/oracle/program/bytes/op_forms.h"
#include "properties/oracle/program/bytes/place_forms.h"
#include "properties/oracle/program/bytes/stream.h"
#include "properties/oracle/program/canonical.h"
#include "properties/oracle/program/repeat.h"

namespace hobnail::oracle {
namespace {

constexpr std::uint8_t kFlagContract = 1;
constexpr std::uint16_t kIndexMaxBefore3 = 4095;
constexpr std::size_t kBytesAnOp = 4;  // about, for the room to begin with

// Unknown versions are read as the second, as they were when it was the newest.
std::uint8_t version_of(std::uint8_t byte) { return byte == 1 || byte == 3 ? byte : 2; }

std::uint32_t mask_of(Operand operand) { return operand == Operand::HobType ? 0xFFFF : ~0u; }

std::uint32_t read_number(ByteReader& in, Operand operand) {
  const std::uint8_t first = in.byte();
  if (first < NumberForms::kEscape) return number_forms(operand)[first];
  return static_cast<std::uint32_t>(in.number()) & mask_of(operand);
}

Quantity read_quantity(ByteReader& in, Operand operand) {
  const std::uint8_t first = in.byte();
  if (first < QuantityForms::kEscape) return quantity_forms(operand)[first];
  const std::size_t number = first - QuantityForms::kEscape;
  Quantity quantity;
  if (number < kMeasures) quantity.measure = static_cast<Measure>(number);
  quantity.value = quantity.measure == Measure::Literal ? in.number() : in.signed_number();
  return quantity;
}

Place read_place(ByteReader& in, Operand operand) {
  const std::uint8_t first = in.byte();
  if (first < PlaceForms::kEscape) return place_forms(operand)[first];
  const auto escape = static_cast<std::uint8_t>(first - PlaceForms::kEscape);
  const std::size_t number = escape % kCountsBytes;
  Place place;
  if (number < kAnchors) place.anchor = static_cast<Anchor>(number);
  place.in_pages =
      operand == Operand::PagePlace && escape < kCountsBytes && counts_pages(place.anchor);
  if (takes_index(place.anchor)) place.index = static_cast<std::uint16_t>(in.number() & kIndexMax);
  place.offset = in.signed_number();
  return place;
}

std::vector<std::uint8_t> read_data(ByteReader& in) {
  const auto bytes = in.bytes(std::min<std::uint64_t>(in.number(), kDataMax));
  return {bytes.begin(), bytes.end()};
}

void read_operand(ByteReader& in, Operand operand, std::uint8_t extras, Op& op) {
  switch (operand) {
    case Operand::End:
      return;
    case Operand::MemoryType:
    case Operand::HobType:
    case Operand::BootMode:
      op.number = read_number(in, operand);
      return;
    case Operand::ByteValue:
      op.number = in.byte();
      return;
    case Operand::PagePlace:
    case Operand::BytePlace:
      op.place = read_place(in, operand);
      return;
    case Operand::SourcePlace:
      op.source = read_place(in, operand);
      return;
    case Operand::Pages:
    case Operand::Bytes:
      op.quantity = read_quantity(in, operand);
      return;
    case Operand::Body:
      if ((extras & kWithBody) != 0) op.body = body_form(in.byte());
      return;
    case Operand::Data:
      if ((extras & kWithData) != 0) op.data = read_data(in);
      return;
    case Operand::NullOut:
      op.null_out = (extras & kNullOut) != 0;
      return;
  }
}

void read_op(ByteReader& in, std::uint8_t opcode, Op& op) {
  const OpForm& form = op_form(opcode);
  op.code = form.code;
  if ((form.extras & kWholeOfDram0) != 0) {
    op.place = kDram0;
    op.quantity = kWhole;
    return;
  }
  const std::uint8_t extras = (form.extras & kSpelledOut) != 0 ? in.byte() : form.extras;
  for (const Operand operand : row_of(op.code).operands) {
    if (operand == Operand::End) return;
    read_operand(in, operand, extras, op);
  }
}

// In a group its opcode is an alias, as in the versions that have none.
void read_group(ByteReader& in, std::vector<Op>& ops) {
  const std::size_t from = ops.size();
  const std::size_t length = 1 + in.byte() % kGroupMax;
  const std::uint64_t rounds = std::min<std::uint64_t>(in.number(), kGroupOpsMax / length);
  for (std::size_t i = 0; i < length && !in.at_end() && ops.size() < kOpsMax; ++i) {
    const std::uint8_t opcode = in.byte();
    read_op(in, opcode, ops.emplace_back());
  }
  append_rounds(ops, from, static_cast<std::size_t>(rounds));
}

void read_ops(ByteReader& in, std::vector<Op>& ops) {
  ops.reserve(std::min(in.left() / kBytesAnOp, kOpsMax));
  while (!in.at_end() && ops.size() < kOpsMax) {
    const std::uint8_t opcode = in.byte();
    if (opcode == kRepeat) {
      read_group(in, ops);
    } else {
      read_op(in, opcode, ops.emplace_back());
    }
  }
}

// As versions 1 and 2 have them.
void read_plain_ops(ByteReader& in, std::vector<Op>& ops) {
  ops.reserve(std::min(in.left() / kBytesAnOp, kOpsUnrolled));
  while (!in.at_end() && ops.size() < kOpsUnrolled) {
    const std::uint8_t opcode = in.byte();
    Op& op = ops.emplace_back();
    read_op(in, opcode, op);
    op.place.index &= kIndexMaxBefore3;
    op.source.index &= kIndexMaxBefore3;
  }
}

// --- encoding
// -------------------------------------------------------------------------------------

constexpr std::uint8_t kExtrasBits = kNullOut | kWithData | kWithBody;

void write_number(ByteWriter& out, Operand operand, std::uint32_t number) {
  if (const auto byte = number_forms(operand).byte_of(number)) return out.byte(*byte);
  out.byte(NumberForms::kEscape);
  out.number(number);
}

void write_quantity(ByteWriter& out, Operand operand, const Quantity& quantity) {
  if (const auto byte = quantity_forms(operand).byte_of(quantity)) return out.byte(*byte);
  const auto measure = static_cast<std::size_t>(quantity.measure);
  out.byte(static_cast<std::uint8_t>(QuantityForms::kEscape + measure));
  if (quantity.measure == Measure::Literal) return out.number(quantity.value);
  out.signed_number(quantity.value);
}

void write_place(ByteWriter& out, Operand operand, const Place& place) {
  if (const auto byte = place_forms(operand).byte_of(place)) return out.byte(*byte);
  const bool counts_bytes =
      operand == Operand::PagePlace && counts_pages(place.anchor) && !place.in_pages;
  const auto anchor = static_cast<std::size_t>(place.anchor);
  const std::size_t escape = PlaceForms::kEscape + (counts_bytes ? kCountsBytes : 0);
  out.byte(static_cast<std::uint8_t>(escape + anchor));
  if (takes_index(place.anchor)) out.number(place.index);
  out.signed_number(place.offset);
}

void write_data(ByteWriter& out, std::span<const std::uint8_t> data) {
  out.number(data.size());
  out.bytes(data);
}

void write_operand(ByteWriter& out, Operand operand, std::uint8_t extras, const Op& op) {
  switch (operand) {
    case Operand::End:
    case Operand::NullOut:
      return;
    case Operand::MemoryType:
    case Operand::HobType:
    case Operand::BootMode:
      return write_number(out, operand, op.number);
    case Operand::ByteValue:
      return out.byte(static_cast<std::uint8_t>(op.number));
    case Operand::PagePlace:
    case Operand::BytePlace:
      return write_place(out, operand, op.place);
    case Operand::SourcePlace:
      return write_place(out, operand, op.source);
    case Operand::Pages:
    case Operand::Bytes:
      return write_quantity(out, operand, op.quantity);
    case Operand::Body:
      if ((extras & kWithBody) != 0) out.byte(static_cast<std::uint8_t>(op.body));
      return;
    case Operand::Data:
      if ((extras & kWithData) != 0) write_data(out, op.data);
      return;
  }
}

std::uint8_t extras_of(const Op& op) {
  if (op.code == OpCode::InstallPeiMemory && op.place == kDram0 && op.quantity == kWhole) {
    return kWholeOfDram0;
  }
  std::uint8_t extras = 0;
  if (op.null_out) extras |= kNullOut;
  if (!op.data.empty()) extras |= kWithData;
  if (op.body != HobBody::Pattern) extras |= kWithBody;
  return extras;
}

// `op` is canonical: what its row does not name is not there, so that each form has an opcode.
void write_op(ByteWriter& out, const Op& op) {
  const std::uint8_t extras = extras_of(op);
  const auto opcode = opcode_of({op.code, extras});
  out.byte(opcode ? *opcode : opcode_of({op.code, kSpelledOut}).value_or(0));
  if (!opcode) out.byte(extras & kExtrasBits);
  if (extras == kWholeOfDram0) return;
  for (const Operand operand : row_of(op.code).operands) write_operand(out, operand, extras, op);
}

void write_group(ByteWriter& out, std::span<const Op> ops, const Group& group) {
  if (group.rounds > 1) {
    out.byte(kRepeat);
    out.byte(static_cast<std::uint8_t>(group.length - 1));
    out.number(group.rounds);
  }
  for (const Op& op : ops.subspan(group.from, group.length)) write_op(out, op);
}

bool needs_version_3(const Program& program, std::span<const Group> groups) {
  const std::size_t count = groups.empty() ? 0 : groups.back().end();
  if (program.contract || count > kOpsUnrolled || groups.size() < count) return true;
  const std::span<const Op> ops = std::span(program.ops).first(count);
  return std::any_of(ops.begin(), ops.end(), [](const Op& op) {
    return std::max(op.place.index, op.source.index) > kIndexMaxBefore3;
  });
}

void write_head(ByteWriter& out, const Program& program, std::uint8_t version) {
  out.byte(version);
  out.byte(program.board);
  out.byte(program.garbage);
  if (version >= 3) out.byte(program.contract ? kFlagContract : 0);
}

// The first ops, which may be of an older version with one byte less.
std::vector<std::uint8_t> encode_shorter(Program program, std::size_t ops, std::size_t bytes_max) {
  program.ops.resize(ops);
  return encode_front(std::move(program), bytes_max);
}

}  // namespace

Program decode_bytes(std::span<const std::uint8_t> bytes) {
  ByteReader in(bytes);
  const std::uint8_t version = version_of(in.byte());
  Program program;
  program.board = board_form(version, in.byte());
  program.garbage = in.byte();
  if (version >= 3) program.contract = (in.byte() & kFlagContract) != 0;
  if (version >= 3) {
    read_ops(in, program.ops);
  } else {
    read_plain_ops(in, program.ops);
  }
  return program;
}

std::vector<std::uint8_t> encode_bytes(Program program) {
  return encode_front(std::move(program), std::numeric_limits<std::size_t>::max());
}

std::vector<std::uint8_t> encode_front(Program program, std::size_t bytes_max) {
  Program all = canonical(std::move(program));
  const std::vector<Group> groups = groups_of(all.ops);
  const std::uint8_t version =
      needs_version_3(all, groups) ? kBytesVersion : version_with_board(all.board);
  ByteWriter out;
  write_head(out, all, version);
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const std::size_t before = out.size();
    write_group(out, all.ops, groups[i]);
    if (out.size() <= bytes_max) continue;
    out.cut(before);
    const bool fits_older = version >= 3 && !needs_version_3(all, std::span(groups).first(i));
    if (!fits_older) break;
    const bool too = !needs_version_3(all, std::span(groups).first(i + 1));
    return encode_shorter(std::move(all), too ? groups[i].end() : groups[i].from, bytes_max);
  }
  return out.take();
}

}  // namespace hobnail::oracle
