// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Pages that were freed and could not go back to the gap: records of type 7, EfiConventionalMemory.
//
//   | live |      free      | live | free | live |
//
// Invariant: no two free records touch, because FreePages merges at once what it makes; so a
// request is served by one record or not at all, and one pass over the list finds it. EDK II merges
// when nothing fits (docs/pei-semantics.md 2.4, step 7), which takes a pass for each free
// record. Only the migration can bring free pages together, at addresses that are known:
// merge_boundaries.
#pragma once

#include "core/pages.h"

namespace pei {

// The first record in list order that fits; of it the highest suitable address.
[[nodiscard]] Maybe<PagePlan> plan_from_freed(const Arena& arena, const PageRegion& region,
                                              const PageRequest& request);

// Free pages that touch each other.
struct FreeRun {
  AddressRange range;
  UINT32 records = 0;  // free records inside `range`
};

// `range` with all free records that touch it or that touch those. `range` itself need not be free.
// One pass as a rule, one more for each record beyond the two that may touch.
[[nodiscard]] FreeRun with_free_neighbours(const Arena& arena, const PageRegion& region,
                                           const AddressRange& range);

// Retires all free records inside `range`, but not the one at `spared_offset`.
void retire_free(Arena& arena, const PageRegion& region, const AddressRange& range,
                 UINTN spared_offset);

}  // namespace pei
