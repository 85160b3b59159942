// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Program -> dense bytes: of all spellings the canonical one, which is the shortest that the tables
// have. The mirror of codec_bytes.cpp.
#include <cstddef>

#include "properties/oracle/program/bytes/codec_bytes.h"
#include "properties/oracle/program/bytes/forms.h"
#include "properties/oracle/program/bytes/stream.h"
#include "properties/oracle/program/canonical.h"

namespace pei::oracle {
namespace {

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

}  // namespace

std::vector<std::uint8_t> encode_bytes(const Program& program) {
  const Program clean = canonical(program);
  ByteWriter out;
  out.byte(version_with_board(clean.board));
  out.byte(clean.board);
  out.byte(clean.garbage);
  for (const Op& op : clean.ops) write_op(out, op);
  return out.take();
}

}  // namespace pei::oracle
