// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Instead of chasing one adjacent record after the other through the list, the new top is found in
// two passes: live pages end what the gap can absorb, and free pages must fill all below that.
#include "core/page_release.h"

#include "core/page_reuse.h"

namespace pei {
namespace {

// The list of a record is never that long: spares none.
constexpr UINTN kNoOffset = ~UINTN{0};

// The lowest address at or above the top that is in use once `freed` is not.
UINT64 lowest_live(const Arena& arena, const PageRegion& region, const LiveAllocation& allocation,
                   const AddressRange& freed) {
  UINT64 lowest = region.given.end();
  for (RecordWalk walk(arena); walk.on_record(); walk.advance()) {
    const Maybe<AddressRange> range = own_range(region, walk.record());
    if (!range || is_free(walk.record()) || !region.given.contains(*range)) continue;
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
    const Maybe<AddressRange> part = free_range(region, walk.record());
    if (part && range.contains(*part)) free_bytes += part->size_bytes();
  }
  return free_bytes;
}

UINT64 top_after(const Arena& arena, const PageRegion& region, const LiveAllocation& allocation,
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

Maybe<LiveAllocation> find_allocation(const Arena& arena, const PageRegion& region,
                                      const AddressRange& range) {
  for (RecordWalk walk(arena); walk.on_record(); walk.advance()) {
    if (is_free(walk.record())) continue;
    const Maybe<AddressRange> whole = own_range(region, walk.record());
    if (!whole || !whole->contains(range)) continue;
    const auto type = static_cast<EFI_MEMORY_TYPE>(walk.record().AllocDescriptor.MemoryType);
    return LiveAllocation{walk.offset(), *whole, type};
  }
  return {};
}

Maybe<ReleasePlan> plan_release(const Arena& arena, const PageRegion& region,
                                const LiveAllocation& allocation, const AddressRange& freed) {
  const FreeRun merged = with_free_neighbours(arena, region, freed);
  const Maybe<UINT64> growth = arena.growth_for_slots(slots_to_split(allocation.range, freed),
                                                      merged.records, region.spare_slots);
  if (!growth || !region.has_room(*region.top, 0, *growth)) return {};
  return ReleasePlan{allocation, freed, merged.range, top_after(arena, region, allocation, freed)};
}

void commit_release(Arena& arena, const PageRegion& region, const ReleasePlan& plan) {
  // First, so that their slots can serve what remains of the allocation.
  retire_free(arena, region, plan.merged, kNoOffset);
  split_record(arena, plan.allocation.offset, plan.allocation.range, plan.allocation.type,
               plan.freed, EfiConventionalMemory);
  arena.rewrite(plan.allocation.offset, plan.merged, EfiConventionalMemory);
  if (plan.new_top == *region.top) return;
  retire_free(arena, region, AddressRange::between(region.given.base(), plan.new_top), kNoOffset);
  *region.top = plan.new_top;
}

}  // namespace pei
