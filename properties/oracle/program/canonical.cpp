// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The canonical form, one rule per kind of operand.
#include "properties/oracle/program/canonical.h"

#include <algorithm>
#include <utility>

#include "properties/oracle/board/board_profile.h"

namespace hobnail::oracle {
namespace {

Place canonical_place(Place place, bool may_count_pages) {
  if (static_cast<std::size_t>(place.anchor) >= kAnchors) place.anchor = Anchor::Absolute;
  place.index = takes_index(place.anchor) ? place.index & kIndexMax : 0;
  place.in_pages = place.in_pages && may_count_pages && counts_pages(place.anchor);
  return place;
}

Quantity canonical_quantity(Quantity quantity) {
  if (static_cast<std::size_t>(quantity.measure) >= kMeasures) quantity.measure = Measure::Literal;
  return quantity;
}

void take_data(Op& to, Op& from) {
  if (from.data.size() > kDataMax) from.data.resize(kDataMax);
  to.data = std::move(from.data);
}

// Carries over what this operand stands for; all else keeps its default.
void carry(Op& to, Op& from, Operand operand) {
  switch (operand) {
    case Operand::End:
      return;
    case Operand::MemoryType:
    case Operand::BootMode:
      to.number = from.number;
      return;
    case Operand::HobType:
      to.number = from.number & 0xFFFF;
      return;
    case Operand::ByteValue:
      to.number = from.number & 0xFF;
      return;
    case Operand::PagePlace:
    case Operand::BytePlace:
      to.place = canonical_place(from.place, operand == Operand::PagePlace);
      return;
    case Operand::SourcePlace:
      to.source = canonical_place(from.source, false);
      return;
    case Operand::Pages:
    case Operand::Bytes:
      to.quantity = canonical_quantity(from.quantity);
      return;
    case Operand::Body:
      to.body = static_cast<std::size_t>(from.body) < kBodies ? from.body : HobBody::Pattern;
      return;
    case Operand::Data:
      take_data(to, from);
      return;
    case Operand::NullOut:
      to.null_out = from.null_out;
      return;
  }
}

}  // namespace

bool takes_index(Anchor anchor) {
  return (anchor >= Anchor::LivePages && anchor <= Anchor::Dram) || anchor == Anchor::NameOfPages;
}

bool counts_pages(Anchor anchor) {
  return anchor == Anchor::LivePages || anchor == Anchor::FreedPages ||
         anchor == Anchor::NamedPages;
}

bool has_operand(OpCode code, Operand operand) {
  const auto& operands = row_of(code).operands;
  return std::find(operands.begin(), operands.end(), operand) != operands.end();
}

Op canonical(Op op) {
  Op result;
  result.code = op.code;
  for (const Operand operand : row_of(op.code).operands) {
    if (operand == Operand::End) break;
    carry(result, op, operand);
  }
  return result;
}

Program canonical(Program program) {
  if (program.board >= board_profiles().size()) program.board = 0;
  if (program.ops.size() > kOpsMax) program.ops.resize(kOpsMax);
  for (Op& op : program.ops) op = canonical(std::move(op));
  return program;
}

}  // namespace hobnail::oracle
