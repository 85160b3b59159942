// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "properties/oracle/hob_list_input/list_fields.h"

#include <cstddef>

namespace hobnail::oracle {
namespace {

using enum HobField;

constexpr std::array<HobRow, kHobKinds + 1> kRows{{
    {HobKind::Resource,
     false,
     "Resource",
     {ResourceType, Attribute, Base, Length, OptionalName, End}},
    {HobKind::Allocation, false, "Allocation", {MemoryType, Base, Length, OptionalName, End}},
    {HobKind::Module, false, "Module", {MemoryType, Base, Length, End}},
    {HobKind::Cpu, false, "Cpu", {AddressBits, End}},
    {HobKind::Fv, false, "Fv", {Base, Length, End}},
    {HobKind::Fv2, false, "Fv2", {Base, Length, End}},
    {HobKind::Fv3, false, "Fv3", {Base, Length, End}},
    {HobKind::Capsule, false, "Capsule", {Base, Length, End}},
    {HobKind::Guid, false, "Guid", {Name, Body, End}},
    {HobKind::Bins, false, "Bins", {Bins, End}},
    {HobKind::Pool, false, "Pool", {Body, End}},
    {HobKind::Unused, false, "Unused", {Body, End}},
    {HobKind::Raw, false, "Raw", {HobType, Body, End}},
    {HobKind::Resource,
     true,
     "Resource2",
     {ResourceType, Attribute, Base, Length, MemoryAttributes, OptionalName, End}},
}};

constexpr bool numbered_in_order() {
  for (std::size_t i = 0; i < kHobKinds; ++i) {
    if (static_cast<std::size_t>(kRows[i].kind) != i || kRows[i].second) return false;
  }
  return true;
}
static_assert(numbered_in_order(), "row_of finds a row by the number of its kind");

}  // namespace

std::span<const HobRow> hob_rows() { return kRows; }

const HobRow& row_of(const ListedHob& hob) {
  const bool second = hob.kind == HobKind::Resource && hob.second;
  return second ? kRows.back() : kRows[static_cast<std::size_t>(hob.kind)];
}

}  // namespace hobnail::oracle
