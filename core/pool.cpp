// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A HOB fits when the gap has its bytes; in the window, when the migration still fits afterwards.
#include "core/pool.h"

namespace pei {

Maybe<HobPlan> plan_hob(const Arena& arena, const PageRegion& region, UINT16 type,
                        UINT16 length_bytes) {
  PEI_ASSERT(length_bytes >= sizeof(EFI_HOB_GENERIC_HEADER) && length_bytes <= kLongestHobBytes);
  const Maybe<UINT64> rounded_bytes = align_up(length_bytes, kHobAlignmentBytes);
  const auto hob_bytes = static_cast<UINT16>(*rounded_bytes);
  const Maybe<UINT64> growth = arena.growth_for_hob(hob_bytes, region.spare_slots);
  if (!growth || !region.has_room(*region.top, 0, *growth)) return {};
  return HobPlan{type, hob_bytes};
}

EFI_HOB_GENERIC_HEADER* commit_hob(Arena& arena, const HobPlan& plan) {
  return &arena.append(plan.type, plan.length_bytes);
}

Maybe<HobPlan> plan_pool(const Arena& arena, const PageRegion& region, UINT16 size_bytes) {
  PEI_ASSERT(size_bytes <= kLongestPoolBytes);
  const auto length_bytes = static_cast<UINT16>(size_bytes + sizeof(EFI_HOB_MEMORY_POOL));
  return plan_hob(arena, region, EFI_HOB_TYPE_MEMORY_POOL, length_bytes);
}

VOID* commit_pool(Arena& arena, const HobPlan& plan) {
  return reinterpret_cast<UINT8*>(commit_hob(arena, plan)) + sizeof(EFI_HOB_MEMORY_POOL);
}

}  // namespace pei
