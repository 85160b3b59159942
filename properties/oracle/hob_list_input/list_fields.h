// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The lines of a `.hobs` file that stand for a HOB: the first word, and the fields in their order.
// Parser, printer and documentation read this table.
//
// Invariant: one row per HobKind, in the order of their numbers; then the second version of
// Resource.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "properties/oracle/hob_list_input/list_input.h"

namespace hobnail::oracle {

enum class HobField : std::uint8_t {
  End,  // no further field
  ResourceType,
  Attribute,
  MemoryType,
  Base,
  Length,
  MemoryAttributes,
  Name,          // a KnownGuid
  OptionalName,  // the same; None is not written
  AddressBits,
  HobType,
  Body,  // its length, and its first bytes where these are not zero
  Bins,  // any number of TYPE:PAGES
};

struct HobRow {
  HobKind kind;
  bool second;  // of the second version
  std::string_view word;
  std::array<HobField, 7> fields;  // closed by End
};

[[nodiscard]] std::span<const HobRow> hob_rows();
[[nodiscard]] const HobRow& row_of(const ListedHob& hob);

}  // namespace hobnail::oracle
