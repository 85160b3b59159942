// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Owned range: whose memory a PEIM's own write, CopyMem or SetMem reaches. A PEIM touches only what
// it owns: a place that no one owns is brought into the live allocation that its handle names, and
// lengths end with it.
#pragma once

#include <cstdint>

#include "properties/oracle/checks/heap_invariants.h"

namespace hobnail::oracle {

struct OwnedRange {
  const Allocation* owner = nullptr;  // nullptr: no range
  std::uint64_t offset = 0;           // bytes from the owner's base
  std::uint64_t rest = 0;             // bytes from there to the owner's end

  [[nodiscard]] std::uint64_t address() const { return owner->where.base + offset; }
};

[[nodiscard]] OwnedRange owned_range(const BootState& now, const Place& place);

// Bytes that a quantity asks for, within `rest` and one call's limit.
[[nodiscard]] std::uint64_t wanted_length(const BootState& now, const Quantity& quantity,
                                          std::uint64_t rest);

// Bytes that an op writes from a place on: what is asked for, within `rest` and one call's limit.
[[nodiscard]] std::uint64_t owned_length(const BootState& now, const Op& op, std::uint64_t rest);

}  // namespace hobnail::oracle
