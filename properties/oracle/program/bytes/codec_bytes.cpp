// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Dense bytes -> Program, one routine per kind of operand; encode.cpp is its inverse.
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

#include "properties/oracle/program/bytes/forms.h"
#include "properties/oracle/program/bytes/stream.h"
#include "properties/oracle/program/canonical.h"

namespace hobnail::oracle {
namespace {

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

void read_op(ByteReader& in, Op& op) {
  const OpForm& form = op_form(in.byte());
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

}  // namespace

Program decode_bytes(std::span<const std::uint8_t> bytes) {
  ByteReader in(bytes);
  const std::uint8_t version = in.byte() == 1 ? 1 : kBytesVersion;  // unknown ones are the newest
  Program program;
  program.board = board_form(version, in.byte());
  program.garbage = in.byte();
  while (!in.at_end() && program.ops.size() < kOpsMax) read_op(in, program.ops.emplace_back());
  return program;
}

}  // namespace hobnail::oracle
