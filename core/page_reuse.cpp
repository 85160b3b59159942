// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// First fit in list order.
#include "core/page_reuse.h"

namespace pei {
namespace {

bool lies_on_seam(const PageRegion& region, const AddressRange& range) {
  for (const UINT64 boundary : region.merge_boundaries) {
    if (boundary != 0 && (range.base() == boundary || range.end() == boundary)) return true;
  }
  return false;
}

Maybe<PagePlan> plan_in_run(const Arena& arena, const PageRegion& region, const FreeRun& run,
                            UINTN holder_offset, const PageRequest& request) {
  if (run.range.size_bytes() < request.size_bytes) return {};
  const UINT64 base = align_down(run.range.end() - request.size_bytes, request.alignment);
  if (base < run.range.base()) return {};

  PagePlan plan;
  plan.request = request;
  plan.result = AddressRange::between(base, base + request.size_bytes);
  plan.from_gap = false;
  plan.run = run.range;
  plan.holder_offset = holder_offset;
  const Maybe<UINT64> growth = arena.growth_for_slots(slots_to_split(run.range, plan.result),
                                                      run.records - 1, region.spare_slots);
  if (!growth || !region.has_room(*region.top, 0, *growth)) return {};
  return plan;
}

}  // namespace

Maybe<PagePlan> plan_from_freed(const Arena& arena, const PageRegion& region,
                                const PageRequest& request) {
  for (RecordWalk walk(arena); walk.on_record(); walk.advance()) {
    const Maybe<AddressRange> range = free_range(region, walk.record());
    if (!range) continue;
    const FreeRun run = lies_on_seam(region, *range) ? with_free_neighbours(arena, region, *range)
                                                     : FreeRun{*range, 1};
    const Maybe<PagePlan> plan = plan_in_run(arena, region, run, walk.offset(), request);
    if (plan) return plan;
  }
  return {};
}

FreeRun with_free_neighbours(const Arena& arena, const PageRegion& region,
                             const AddressRange& range) {
  FreeRun run;
  run.range = range;
  UINT64 known_bytes = 0;
  while (known_bytes != run.range.size_bytes()) {
    known_bytes = run.range.size_bytes();
    run.records = 0;
    for (RecordWalk walk(arena); walk.on_record(); walk.advance()) {
      const Maybe<AddressRange> part = free_range(region, walk.record());
      if (!part) continue;
      if (part->end() == run.range.base()) {
        run.range = AddressRange::between(part->base(), run.range.end());
      } else if (part->base() == run.range.end()) {
        run.range = AddressRange::between(run.range.base(), part->end());
      }
      if (run.range.contains(*part)) run.records += 1;
    }
  }
  return run;
}

void retire_free(Arena& arena, const PageRegion& region, const AddressRange& range,
                 UINTN spared_offset) {
  for (RecordWalk walk(arena); walk.on_record(); walk.advance()) {
    if (walk.offset() == spared_offset) continue;
    const Maybe<AddressRange> part = free_range(region, walk.record());
    if (part && range.contains(*part)) arena.retire(walk.offset());
  }
}

}  // namespace pei
