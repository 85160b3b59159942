// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// First fit in list order; inside a run the highest suitable address.
#include "core/page_reuse.h"

namespace pei {
namespace {

struct FreeRun {
  AddressRange range;
  UINTN holder_offset = 0;  // of its last record in list order
  UINT32 records = 0;
};

bool is_free(const EFI_HOB_MEMORY_ALLOCATION& record) {
  return record.AllocDescriptor.MemoryType == EfiConventionalMemory;
}

// The range of a free record of ours.
Maybe<AddressRange> free_range(const PageRegion& region, const EFI_HOB_MEMORY_ALLOCATION& record) {
  return is_free(record) ? own_range(region, record) : Maybe<AddressRange>();
}

Maybe<PagePlan> plan_in_run(const Arena& arena, const PageRegion& region, const FreeRun& run,
                            const PageRequest& request) {
  if (run.range.size_bytes() < request.size_bytes) return {};
  const UINT64 base = align_down(run.range.end() - request.size_bytes, request.alignment);
  if (base < run.range.base()) return {};

  PagePlan plan;
  plan.request = request;
  plan.result = AddressRange::between(base, base + request.size_bytes);
  plan.from_gap = false;
  plan.run = run.range;
  plan.holder_offset = run.holder_offset;
  const Maybe<UINT64> growth = arena.growth_for_slots(slots_to_split(run.range, plan.result),
                                                      run.records - 1, region.spare_slots);
  if (!growth || !region.has_room(*region.top, 0, *growth)) return {};
  return plan;
}

// The free bytes that lie between the nearest live pages around `seed`: the most a run can be.
AddressRange free_surroundings(const Arena& arena, const PageRegion& region,
                               const AddressRange& seed) {
  const AddressRange& pages = region.given.contains(seed) ? region.given : region.also_given;
  UINT64 base = pages.base();
  UINT64 end = pages.end();
  for (RecordWalk walk(arena); walk.on_record(); walk.advance()) {
    const Maybe<AddressRange> range = own_range(region, walk.record());
    if (!range || is_free(walk.record())) continue;
    if (range->end() <= seed.base() && range->end() > base) base = range->end();
    if (range->base() >= seed.end() && range->base() < end) end = range->base();
  }
  return AddressRange::between(base, end);
}

// All free records inside `range`, as one run; nothing when they do not fill it, which a PEIM can
// bring about by renaming a record.
Maybe<FreeRun> run_filling(const Arena& arena, const PageRegion& region,
                           const AddressRange& range) {
  FreeRun run;
  run.range = range;
  UINT64 filled_bytes = 0;
  for (RecordWalk walk(arena); walk.on_record(); walk.advance()) {
    const Maybe<AddressRange> part = free_range(region, walk.record());
    if (!part || !range.contains(*part)) continue;
    filled_bytes += part->size_bytes();
    run.holder_offset = walk.offset();
    run.records += 1;
  }
  if (filled_bytes != range.size_bytes()) return {};
  return run;
}

Maybe<PagePlan> plan_in_merged_run(const Arena& arena, const PageRegion& region,
                                   const PageRequest& request) {
  for (RecordWalk walk(arena); walk.on_record(); walk.advance()) {
    const Maybe<AddressRange> seed = free_range(region, walk.record());
    if (!seed) continue;
    const AddressRange range = free_surroundings(arena, region, *seed);
    if (range.size_bytes() < request.size_bytes) continue;
    const Maybe<FreeRun> run = run_filling(arena, region, range);
    // Each run once, in the order of their holders, as if they had been merged already.
    if (!run || run->holder_offset != walk.offset()) continue;
    const Maybe<PagePlan> plan = plan_in_run(arena, region, *run, request);
    if (plan) return plan;
  }
  return {};
}

}  // namespace

Maybe<PagePlan> plan_from_freed(const Arena& arena, const PageRegion& region,
                                const PageRequest& request) {
  UINT64 free_bytes = 0;
  for (RecordWalk walk(arena); walk.on_record(); walk.advance()) {
    const Maybe<AddressRange> range = free_range(region, walk.record());
    if (!range) continue;
    free_bytes += range->size_bytes();
    const Maybe<PagePlan> plan =
        plan_in_run(arena, region, FreeRun{*range, walk.offset(), 1}, request);
    if (plan) return plan;
  }
  // Spares a hopeless request the passes of merging.
  if (free_bytes < request.size_bytes) return {};
  return plan_in_merged_run(arena, region, request);
}

void merge_run(Arena& arena, const PageRegion& region, const AddressRange& run,
               UINTN holder_offset) {
  for (RecordWalk walk(arena); walk.on_record(); walk.advance()) {
    if (walk.offset() == holder_offset) continue;
    const Maybe<AddressRange> part = free_range(region, walk.record());
    if (part && run.contains(*part)) arena.retire(walk.offset());
  }
}

}  // namespace pei
