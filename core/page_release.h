// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// FreePages: the pages become a free record, merged with the free pages that they touch; when they
// lie at the bottom of all pages, the gap takes them back, and with them all free pages directly
// above. docs/pei-semantics.md 2.5; EDK II merges later (page_reuse.h).
//
//   live | free | freed | free | live      -->      live |     free, one record      | live
//
//   gap | freed | free | live ...          -->      gap                 | live ...
//       ^top                                                            ^top
//
// Invariant: at most linear in the number of HOBs, without recursion. Contents are not touched.
#pragma once

#include "core/pages.h"

namespace pei {

// A live allocation of ours.
struct LiveAllocation {
  UINTN offset;  // of its record
  AddressRange range;
  EFI_MEMORY_TYPE type;
};

// The first live allocation that contains all of `range`; nothing when none does.
[[nodiscard]] Maybe<LiveAllocation> find_allocation(const Arena& arena, const PageRegion& region,
                                                    const AddressRange& range);

struct ReleasePlan {
  LiveAllocation allocation;
  AddressRange freed;
  AddressRange merged;  // with the free pages around them
  UINT64 new_top;
};

// `freed` lies inside the allocation. Nothing when what remains of the allocation cannot get its
// records.
[[nodiscard]] Maybe<ReleasePlan> plan_release(const Arena& arena, const PageRegion& region,
                                              const LiveAllocation& allocation,
                                              const AddressRange& freed);

void commit_release(Arena& arena, const PageRegion& region, const ReleasePlan& plan);

}  // namespace pei
