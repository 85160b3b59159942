// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Page room: when a refusal to allocate pages is not justified. Generous to the target: it
// reports only if every correct implementation would have succeeded (docs/pei-semantics.md, I35,
// I51).
#pragma once

#include <cstdint>
#include <string>

#include "properties/oracle/checks/heap_invariants.h"

namespace hobnail::oracle {

// Why `pages` pages at `granularity` bytes must have fitted, in words; empty when they need not
// have.
[[nodiscard]] std::string explain_fit(const BootState& now, std::uint64_t pages,
                                      std::uint64_t granularity);

// True unless the boot is in the window and its permanent memory is so full that an implementation
// may refuse whatever makes the HOB list, which has yet to migrate there, any longer.
[[nodiscard]] bool list_may_grow(const BootState& now);

// Memory allocation HOBs that a service must still be able to make. In the window one is kept for
// the stack HOB that the migration will append.
[[nodiscard]] std::uint64_t hob_slots(const BootState& now);

}  // namespace hobnail::oracle
