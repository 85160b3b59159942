// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Instead of chasing one adjacent record after the other through the list, the new top is found in
// two passes: live pages end what the gap can absorb, and free pages must fill all below that.
#include "core/page_release.h"

namespace pei {
namespace {

bool is_live(const EFI_HOB_MEMORY_ALLOCATION& record) {
  return record.AllocDescriptor.MemoryType != EfiConventionalMemory;
}

// The lowest address at or above the top that is in use once `freed` is not.
UINT64 lowest_live(const Arena& arena, const PageRegion& region, const Allocation& allocation,
                   const AddressRange& freed) {
  UINT64 lowest = region.given.end();
  for (RecordWalk walk(arena); walk.on_record(); walk.advance()) {
    const Maybe<AddressRange> range = own_range(region, walk.record());
    if (!range || !is_live(walk.record()) || !region.given.contains(*range)) continue;
    UINT64 base = range->base();
    if (walk.offset() == allocation.offset && base == freed.base()) {
      if (range->end() == freed.end()) continue;
      base = freed.end();
    }
    if (base < lowest) lowest = base;
  }
  return lowest;
}

UINT64 free_bytes_below(const Arena& arena, const PageRegion& region, UINT64 limit) {
  const AddressRange range = AddressRange::between(region.given.base(), limit);
  UINT64 free_bytes = 0;
  for (RecordWalk walk(arena); walk.on_record(); walk.advance()) {
    const Maybe<AddressRange> part = own_range(region, walk.record());
    if (part && !is_live(walk.record()) && range.contains(*part)) free_bytes += part->size_bytes();
  }
  return free_bytes;
}

UINT64 top_after(const Arena& arena, const PageRegion& region, const Allocation& allocation,
                 const AddressRange& freed) {
  const UINT64 top = *region.top;
  const UINT64 lowest = lowest_live(arena, region, allocation, freed);
  if (lowest == top) return top;
  const bool below_lowest = region.given.contains(freed) && freed.end() <= lowest;
  const UINT64 free_bytes =
      free_bytes_below(arena, region, lowest) + (below_lowest ? freed.size_bytes() : 0);
  if (free_bytes == lowest - top) return lowest;
  // A PEIM has hidden a record, by renaming it say: absorb only what is certainly free.
  return freed.base() == top ? freed.end() : top;
}

}  // namespace

Maybe<Allocation> find_allocation(const Arena& arena, const PageRegion& region,
                                  const AddressRange& range) {
  for (RecordWalk walk(arena); walk.on_record(); walk.advance()) {
    if (!is_live(walk.record())) continue;
    const Maybe<AddressRange> whole = own_range(region, walk.record());
    if (!whole || !whole->contains(range)) continue;
    const auto type = static_cast<EFI_MEMORY_TYPE>(walk.record().AllocDescriptor.MemoryType);
    return Allocation{walk.offset(), *whole, type};
  }
  return {};
}

Maybe<ReleasePlan> plan_release(const Arena& arena, const PageRegion& region,
                                const Allocation& allocation, const AddressRange& freed) {
  const Maybe<UINT64> growth =
      arena.growth_for_slots(slots_to_split(allocation.range, freed), 0, region.spare_slots);
  if (!growth || !region.has_room(*region.top, 0, *growth)) return {};
  return ReleasePlan{allocation, freed, top_after(arena, region, allocation, freed)};
}

void commit_release(Arena& arena, const PageRegion& region, const ReleasePlan& plan) {
  split_record(arena, plan.allocation.offset, plan.allocation.range, plan.allocation.type,
               plan.freed, EfiConventionalMemory);
  if (plan.new_top == *region.top) return;
  const AddressRange absorbed = AddressRange::between(region.given.base(), plan.new_top);
  for (RecordWalk walk(arena); walk.on_record(); walk.advance()) {
    if (is_live(walk.record())) continue;
    const Maybe<AddressRange> part = own_range(region, walk.record());
    if (part && absorbed.contains(*part)) arena.retire(walk.offset());
  }
  *region.top = plan.new_top;
}

}  // namespace pei
