// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Pages that were freed and could not go back to the gap: records of type 7, EfiConventionalMemory.
//
//   | live | free a | free b | live | free c | live |
//            `---- run ----'          run
//
// A run is a longest stretch of adjacent free records. EDK II merges all runs when no single record
// fits, and looks again (reference pei-semantics.md 2.4, step 7). A plan may change nothing, so we
// look at runs as if they were merged, and merge only the one that is taken; the address is the
// same. One pass over the list for a record that fits; merging is the last resort and takes one
// pass per free record.
#pragma once

#include "core/pages.h"

namespace pei {

[[nodiscard]] Maybe<PagePlan> plan_from_freed(const Arena& arena, const PageRegion& region,
                                              const PageRequest& request);

// Retires all records of the run but its holder, which the caller rewrites.
void merge_run(Arena& arena, const PageRegion& region, const AddressRange& run,
               UINTN holder_offset);

}  // namespace pei
