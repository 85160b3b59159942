// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Page room: when a refusal to allocate pages is not justified. Generous to the target: it speaks
// up only where every correct implementation would have succeeded (I35, I51 of the reference).
#pragma once

#include <cstdint>
#include <string>

#include "properties/oracle/checks/heap_invariants.h"

namespace pei::oracle {

// Why `pages` pages at `granularity` bytes must have fitted, in words; empty when they need not
// have.
[[nodiscard]] std::string room_for_pages(const Moment& now, std::uint64_t pages,
                                         std::uint64_t granularity);

// True unless the boot is in the window and its permanent memory is so full that an implementation
// may refuse whatever makes the HOB list, which has yet to migrate there, any longer.
[[nodiscard]] bool list_may_grow(const Moment& now);

// Memory allocation HOBs that a service must still be able to make. In the window one is kept for
// the stack HOB that the migration will append.
[[nodiscard]] std::uint64_t hob_slots(const Moment& now);

}  // namespace pei::oracle
