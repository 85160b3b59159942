// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Sizes before the move. migration.cpp lays out by the same functions, so the two cannot disagree.
#include "core/migration_layout.h"

namespace pei {
namespace {

// The stack's HOB, which the list has still to take; and with a larger granularity, the HOB of the
// padding that keeps runtime pages aligned across the move.
UINT64 added_list_bytes(const PeiCoreInstance& instance, const AddressRange& pages) {
  const bool may_pad = instance.runtime_granularity > kPageBytes && !pages.empty();
  return UINT64{kSlotBytes} * (may_pad ? 2 : 1);
}

// The part of SEC's stack that lies in temporary RAM: all of it, as a rule; PI allows none.
AddressRange stack_in_temporary_ram(const PeiCoreInstance& instance) {
  const AddressRange& ram = instance.temporary_ram;
  if (!instance.stack.overlaps(ram)) return AddressRange::between(ram.end(), ram.end());
  const UINT64 base = instance.stack.base() > ram.base() ? instance.stack.base() : ram.base();
  const UINT64 end = instance.stack.end() < ram.end() ? instance.stack.end() : ram.end();
  return AddressRange::between(base, end);
}

// The list as it will be: with the records that the migration adds, and room to grow.
UINT64 used_bytes(const PeiCoreInstance& instance, const Arena& arena, const AddressRange& pages) {
  return arena.list_bytes() + added_list_bytes(instance, pages) + kGrowthBytes;
}

// What a list of `used` bytes takes of permanent memory. When the platform copies, the unused part
// of the heap comes along.
UINT64 heap_bytes(const PeiCoreInstance& instance, UINT64 used) {
  if (!platform_copies(instance) || used > instance.heap.size_bytes()) return used;
  return instance.heap.size_bytes();
}

// Nothing when the sum is no address, or `start` was nothing already.
template <UINTN kCount>
Maybe<UINT64> add_all(Maybe<UINT64> start, const UINT64 (&parts)[kCount]) {
  for (const UINT64 part : parts) {
    if (start) start = add(*start, part);
  }
  return start;
}

}  // namespace

UINT64 new_stack_bytes(const AddressRange& permanent) {
  const UINT64 half = permanent.size_bytes() / 2;
  if (half >= kLargestNewStackBytes) return kLargestNewStackBytes;
  return *align_up(half, kPageBytes);
}

bool platform_copies(const PeiCoreInstance& instance) {
  return instance.temporary_ram_support != nullptr &&
         instance.temporary_ram.contains(instance.stack);
}

Hole hole_of(const PeiCoreInstance& instance) {
  const AddressRange stack = stack_in_temporary_ram(instance);
  const bool heap_is_lower = instance.heap.base() < stack.base();
  const AddressRange& lower = heap_is_lower ? instance.heap : stack;
  const AddressRange& upper = heap_is_lower ? stack : instance.heap;
  return {{AddressRange::between(instance.temporary_ram.base(), lower.base()),
           AddressRange::between(lower.end(), upper.base()),
           AddressRange::between(upper.end(), instance.temporary_ram.end())}};
}

Maybe<UINT64> new_heap_base(const PeiCoreInstance& instance, const AddressRange& permanent) {
  const Hole hole = hole_of(instance);
  const UINT64 pieces[] = {hole.pieces[0].size_bytes(), hole.pieces[1].size_bytes(),
                           hole.pieces[2].size_bytes()};
  const UINT64 top_of_stack = permanent.base() + new_stack_bytes(permanent);
  const Maybe<UINT64> above_hole = add_all(top_of_stack, pieces);
  if (!above_hole) return {};
  return align_up(*above_hole, kHobAlignmentBytes);
}

Maybe<Floor> window_floor(const PeiCoreInstance& instance, const Arena& arena,
                          const AddressRange& permanent) {
  const AddressRange pages = arena.pages();
  const UINT64 used = used_bytes(instance, arena, pages);
  const UINT64 heap[] = {heap_bytes(instance, used)};
  const Maybe<UINT64> list_end = add_all(new_heap_base(instance, permanent), heap);
  if (!list_end) return {};
  Floor floor;
  floor.list_end = *list_end;
  floor.free_growth = heap[0] - used;
  floor.moving = pages;
  if (!pages.empty()) floor.granule = instance.runtime_granularity;
  return floor;
}

PageRegion region_of(PeiCoreInstance& instance, const Arena& arena) {
  PEI_ASSERT(instance.phase != CorePhase::kMigrating);
  PageRegion region = {};
  if (instance.phase == CorePhase::kWindow) {
    const Maybe<Floor> floor = window_floor(instance, arena, instance.permanent);
    PEI_ASSERT(floor);
    region.top = &instance.window_top;
    region.floor = *floor;
    region.given = AddressRange::between(instance.window_top, instance.permanent.end());
    region.also_given = arena.pages();
    region.spare_slots = 1;
    return region;
  }
  region.top = &arena.phit().EfiFreeMemoryTop;
  region.floor.list_end = arena.phit().EfiFreeMemoryBottom;
  region.given = arena.pages();
  const AddressRange& bins = instance.bins.all;
  if (region.given.overlaps(bins)) {
    region.also_given = AddressRange::between(bins.end(), region.given.end());
    region.given = AddressRange::between(region.given.base(), bins.base());
  }
  region.merge_boundaries[0] = instance.merge_boundaries[0];
  region.merge_boundaries[1] = instance.merge_boundaries[1];
  return region;
}

}  // namespace pei
