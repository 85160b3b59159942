// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Owned place: whose memory a PEIM's own write, CopyMem or SetMem reaches, seen from outside.
//
// Coupling: the same answer as play_memory.cpp has, where a PEIM touches only what it owns. A place
// that nobody owns is brought into the allocation that its handle names.
#pragma once

#include <cstdint>

#include "properties/oracle/checks/heap_invariants.h"

namespace pei::oracle {

struct OwnedPlace {
  const Allocation* owner = nullptr;
  std::uint64_t offset = 0;  // bytes from the owner's base
  std::uint64_t rest = 0;    // bytes from there to the owner's end

  [[nodiscard]] std::uint64_t address() const { return owner->where.base + offset; }
};

[[nodiscard]] OwnedPlace owned_place(const Moment& now, const Place& place);

// Bytes that an op writes from a place on: what is asked for, within `rest` and one call's limit.
[[nodiscard]] std::uint64_t owned_length(const Moment& now, const Op& op, std::uint64_t rest);

}  // namespace pei::oracle
