// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The op table. A row is all that the codecs and the generator know of an op.
#include "properties/oracle/program/op.h"

#include <cstddef>

namespace hobnail::oracle {
namespace {

using enum Operand;

constexpr std::array<OpRow, 14> kTable{{
    {OpCode::InstallPeiMemory, "InstallPeiMemory", Result::None, 30, {BytePlace, Bytes, End}},
    {OpCode::AllocatePages, "AllocatePages", Result::Pages, 292, {MemoryType, Pages, NullOut, End}},
    {OpCode::FreePages, "FreePages", Result::None, 280, {PagePlace, Pages, End}},
    {OpCode::AllocatePool, "AllocatePool", Result::Pool, 110, {Bytes, Data, NullOut, End}},
    {OpCode::CreateHob, "CreateHob", Result::Hob, 90, {HobType, Bytes, Body, Data, NullOut, End}},
    {OpCode::CopyMem, "CopyMem", Result::None, 30, {BytePlace, SourcePlace, Bytes, End}},
    {OpCode::SetMem, "SetMem", Result::None, 30, {BytePlace, Bytes, ByteValue, End}},
    {OpCode::GetHobList, "GetHobList", Result::None, 15, {NullOut, End}},
    {OpCode::GetBootMode, "GetBootMode", Result::None, 15, {NullOut, End}},
    {OpCode::SetBootMode, "SetBootMode", Result::None, 20, {BootMode, End}},
    {OpCode::ReturnToDispatcher, "ReturnToDispatcher", Result::None, 40, {End}},
    {OpCode::PeimWrite, "PeimWrite", Result::None, 40, {BytePlace, Bytes, Data, End}},
    {OpCode::HandOff, "HandOff", Result::None, 4, {End}},
    {OpCode::ExitBootServices, "ExitBootServices", Result::None, 4, {End}},
}};

constexpr bool numbered_in_order() {
  for (std::size_t i = 0; i < kTable.size(); ++i) {
    if (static_cast<std::size_t>(kTable[i].code) != i + 1) return false;
  }
  return true;
}
static_assert(numbered_in_order(), "row_of finds a row by the number of its op");

constexpr int total_weight() {
  int total = 0;
  for (const OpRow& row : kTable) total += row.weight;
  return total;
}
static_assert(total_weight() == 1000, "weights are per mille");

}  // namespace

Op make_op(OpCode code) {
  Op op;
  op.code = code;
  return op;
}

Op install_all() {
  Op op = make_op(OpCode::InstallPeiMemory);
  op.place.anchor = Anchor::Dram;
  op.quantity.measure = Measure::Whole;
  return op;
}

std::span<const OpRow> op_table() { return kTable; }

Result named_result(const Place& place) {
  switch (place.anchor) {
    case Anchor::NamedPages:
    case Anchor::NameOfPages:
      return Result::Pages;
    case Anchor::NamedPool:
      return Result::Pool;
    case Anchor::NamedHob:
      return Result::Hob;
    default:
      return Result::None;
  }
}

const OpRow& row_of(OpCode code) { return kTable[static_cast<std::size_t>(code) - 1]; }

}  // namespace hobnail::oracle
