// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Setting up the bins, right after the migration. docs/pei-semantics.md 2.12.
//
//   MemoryTypeInformation GUID HOB: {type, pages} ... --> sizes, each a multiple of the granularity
//   memory: the range of the resource HOB that a platform has named for it,
//           or the top of the gap:    | list | gap    | bins |pad| pages |
//                                                     ^ new EfiFreeMemoryTop
//
// Invariant: whatever the platform's HOBs contain, bins never overlap the list, the gap that
// remains, an allocation, or each other; where they would, there are no bins, and nothing has
// changed.
#pragma once

#include "core/arena.h"
#include "core/bins.h"

namespace pei {

struct BinPlan {
  Bins bins = {};
  bool carved = false;   // from the gap by the core, which then adds a resource HOB
  bool in_gap = false;   // EfiFreeMemoryTop comes down to them
  AddressRange padding;  // between the bins and the old top of the gap
};

// False when the platform has no table or a bad one (no end within 17 entries, a type above 16, a
// type twice), wants no page of a type that can be allocated, has named a range that cannot serve,
// or when the gap is too small. Not to be asked on S3: the bins' memory is the running OS's (H33).
// The plan is large, so the caller has the only one.
[[nodiscard]] bool plan_bins(const Arena& arena, UINT64 runtime_granularity, BinPlan& plan);

// From here on the list's records of the bins' types carry the table's GUID as their name.
void commit_bins(Arena& arena, Bins& bins, const BinPlan& plan);

}  // namespace pei
