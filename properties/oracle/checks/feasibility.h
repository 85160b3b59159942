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

// What a core may need beyond a request before a refusal is a finding: none under Standard::Strict.
// Under Standard::Pi two more records, the rounding of a HOB, and a granule of padding on each
// side.
struct Allowance {
  std::uint64_t records = 0;   // HOBs of 48 bytes
  std::uint64_t rounding = 0;  // bytes of a pool or HOB
  std::uint64_t padding = 0;   // bytes of pages

  [[nodiscard]] std::uint64_t hob_bytes() const;  // of records and rounding
};
[[nodiscard]] Allowance allowance_of(const BootState& now);

// True when the end of a free run, rounded down, has `bytes` bytes.
[[nodiscard]] bool run_serves(const Region& run, std::uint64_t bytes, std::uint64_t granularity);

// Why `pages` pages at `granularity` bytes must have fitted, in words; empty when they need not
// have.
[[nodiscard]] std::string explain_fit(const BootState& now, std::uint64_t pages,
                                      std::uint64_t granularity);

// True unless the boot is in the window and its permanent memory is so full that an implementation
// may refuse whatever makes the HOB list, which has yet to migrate there, any longer.
[[nodiscard]] bool list_may_grow(const BootState& now);

// UNUSED HOBs that a service must use again for a memory allocation: PI does not ask for it.
[[nodiscard]] std::uint64_t recycled_slots(const BootState& now);

// Memory allocation HOBs that a service must still be able to make. In the window one is kept for
// the stack HOB that the migration will append.
[[nodiscard]] std::uint64_t hob_slots(const BootState& now);

}  // namespace hobnail::oracle
