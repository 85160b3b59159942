// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// LiveAllocation of pages: from the gap, top down; when the gap cannot serve, from pages that were
// freed (page_reuse.h). docs/pei-semantics.md 2.4.
//
//         floor      result          old top (aligned down)     old top
//   ... | HOBs | gap | <--- pages ---> | <-- padding, type 7 --> | older pages ...
//
// Invariant: plan_* changes nothing; commit_* cannot fail and takes exactly what was planned.
#pragma once

#include "core/arena.h"
#include "core/page_region.h"

namespace pei {

struct PageRequest {
  EFI_MEMORY_TYPE type;
  UINT64 alignment;   // of base and size: 4 KiB, or the runtime granularity
  UINT64 size_bytes;  // a multiple of alignment, not 0
};

// True for the nine types that AllocatePages gives out (PI 1.8 Vol 1 section 4.6).
[[nodiscard]] bool is_allocatable(EFI_MEMORY_TYPE type);

// The alignment of allocations of a type: `runtime_granularity` for types that stay with the OS at
// run time (0, 5, 6 and 10: docs/pei-semantics.md 1.5), else 4 KiB.
[[nodiscard]] UINT64 granularity_of(UINT32 type, UINT64 runtime_granularity);

// Nothing when the bytes of so many pages, rounded up, exceed an address.
[[nodiscard]] Maybe<PageRequest> page_request(EFI_MEMORY_TYPE type, UINT64 pages,
                                              UINT64 runtime_granularity);

struct PagePlan {
  PageRequest request;
  AddressRange result;
  bool from_gap = true;
  AddressRange padding;     // from the gap: what is lost to alignment, described as free
  AddressRange run;         // otherwise: the freed pages that it is cut from, ...
  UINTN holder_offset = 0;  // ... and the record that stands for all of them
};

// Constant time while the gap serves.
[[nodiscard]] Maybe<PagePlan> plan_pages(const Arena& arena, const PageRegion& region,
                                         const PageRequest& request);

// Returns the address of the lowest page.
UINT64 commit_pages(Arena& arena, const PageRegion& region, const PagePlan& plan);

// Gives `part` of the record at `holder_offset` another type. What remains of `whole` above and
// below keeps `rest_type`, in records of its own, made in this order. Needs one slot for each.
void split_record(Arena& arena, UINTN holder_offset, const AddressRange& whole,
                  EFI_MEMORY_TYPE rest_type, const AddressRange& part, EFI_MEMORY_TYPE part_type);

// The slots that split_record needs: 0, 1 or 2.
[[nodiscard]] constexpr UINT32 slots_to_split(const AddressRange& whole, const AddressRange& part) {
  return (part.end() < whole.end() ? 1U : 0U) + (part.base() > whole.base() ? 1U : 0U);
}

}  // namespace pei
