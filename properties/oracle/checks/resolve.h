// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Resolve: from the relations of a program to addresses and counts of this moment. Total: every
// place is some address and every quantity some number, in every state.
#pragma once

#include <cstdint>

#include "properties/oracle/checks/heap_invariants.h"

namespace hobnail::oracle {

struct ResolvedAddress {
  std::uint64_t address = 0;
  std::uint64_t rest = 0;  // bytes from the address to the end of what the anchor names; 0: nothing
};

[[nodiscard]] ResolvedAddress resolve_place(const BootState& now, const Place& place);

// What a quantity is counted in.
enum class Unit : std::uint8_t { Bytes, Pages };

// `rest`: of the place that the quantity goes with; `header`: bytes that the service adds to a
// request from the gap (8 for AllocatePool, 0 for CreateHob).
struct QuantityContext {
  Unit unit = Unit::Bytes;
  std::uint64_t rest = 0;
  std::uint64_t header = 0;
};

[[nodiscard]] std::uint64_t resolve_quantity(const BootState& now, const Quantity& quantity,
                                             const QuantityContext& context);

// The gap that pages come from in this phase. In the window it is an estimate: from the bottom of
// the installed memory, or the top of a new stack that is described there, to the lowest page.
[[nodiscard]] Region page_gap(const BootState& now);

// The shortest permanent memory that the present state migrates into, by docs/pei-semantics.md 3.8:
// new stack, holes, heap, its stack HOB, pages of temporary RAM, and a page to go on with. Whole
// pages. Where the platform moves temporary RAM, room for all of it above the stack.
[[nodiscard]] std::uint64_t needed_memory(const BootState& now);

// Bytes of page allocations that stand in temporary RAM.
[[nodiscard]] std::uint64_t temporary_page_bytes(const BootState& now);

// The Name in the record of live pages: 16 bytes of the HOB that AllocatePages made for them. Empty
// when nothing of these pages is live, or they have no record.
[[nodiscard]] Region name_of_pages(const BootState& now, std::uint64_t handle);

}  // namespace hobnail::oracle
