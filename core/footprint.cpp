// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Sizes before the move. migration.cpp lays out by the same functions, so the two cannot disagree.
#include "core/footprint.h"

namespace pei {
namespace {

// The stack's HOB, which the list has still to take; and with a larger granularity, the HOB of the
// padding that keeps runtime pages aligned across the move.
UINT64 added_list_bytes(const CoreRecord& record, const AddressRange& pages) {
  const bool may_pad = record.runtime_granularity > kPageBytes && !pages.empty();
  return UINT64{kSlotBytes} * (may_pad ? 2 : 1);
}

// The most that padding can take.
UINT64 padding_bytes(const CoreRecord& record, const AddressRange& pages) {
  return pages.empty() ? 0 : record.runtime_granularity - kPageBytes;
}

}  // namespace

UINT64 new_stack_bytes(const AddressRange& permanent) {
  const UINT64 half = permanent.size_bytes() / 2;
  if (half >= kLargestNewStackBytes) return kLargestNewStackBytes;
  return *align_up(half, kPageBytes);
}

UINT64 hole_bytes(const CoreRecord& record) {
  if (!record.temporary_ram.contains(record.stack)) return 0;
  // Heap and stack do not overlap, so this cannot wrap.
  return record.temporary_ram.size_bytes() - record.heap.size_bytes() - record.stack.size_bytes();
}

Maybe<UINT64> new_heap_base(const CoreRecord& record, const AddressRange& permanent) {
  const Maybe<UINT64> top_of_stack = add(permanent.base(), new_stack_bytes(permanent));
  if (!top_of_stack) return {};
  const Maybe<UINT64> above_hole = add(*top_of_stack, hole_bytes(record));
  if (!above_hole) return {};
  return align_up(*above_hole, kHobAlignmentBytes);
}

Maybe<UINT64> window_floor(const CoreRecord& record, const Arena& arena,
                           const AddressRange& permanent) {
  const AddressRange pages = arena.pages();
  const UINT64 needs[] = {arena.list_bytes(), added_list_bytes(record, pages), kGrowthBytes,
                          pages.size_bytes(), padding_bytes(record, pages)};
  Maybe<UINT64> floor = new_heap_base(record, permanent);
  for (const UINT64 need_bytes : needs) {
    if (!floor) return {};
    floor = add(*floor, need_bytes);
  }
  return floor;
}

PageRegion region_of(CoreRecord& record, const Arena& arena) {
  EFI_HOB_HANDOFF_INFO_TABLE& phit = arena.phit();
  if (record.phase != Phase::kWindow) {
    return {&phit.EfiFreeMemoryTop, phit.EfiFreeMemoryBottom, arena.pages(), {}, 0};
  }
  const Maybe<UINT64> floor = window_floor(record, arena, record.permanent);
  PEI_ASSERT(floor && *floor <= record.window_top);
  return {&record.window_top, *floor,
          AddressRange::between(record.window_top, record.permanent.end()), arena.pages(), 1};
}

}  // namespace pei
