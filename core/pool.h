// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// HOBs on request, and pool, which is a HOB with a buffer in it. docs/pei-semantics.md 2.6 and
// 2.7. Both are appended to the list; neither is ever given back.
//
// Invariant: plan_* changes nothing, commit_* cannot fail. Constant time.
#pragma once

#include "core/arena.h"
#include "core/page_region.h"

namespace pei {

// The largest AllocatePool request, bytes: with its header it is the longest HOB.
inline constexpr UINT16 kLongestPoolBytes = kLongestHobBytes - sizeof(EFI_HOB_MEMORY_POOL);

struct HobPlan {
  UINT16 type;
  UINT16 length_bytes;  // a multiple of 8
};

// A HOB of 8 to 0xFFF8 bytes, rounded up to 8.
[[nodiscard]] Maybe<HobPlan> plan_hob(const Arena& arena, const PageRegion& region, UINT16 type,
                                      UINT16 length_bytes);

// Returns the header of the new HOB; its body holds whatever the memory held.
EFI_HOB_GENERIC_HEADER* commit_hob(Arena& arena, const HobPlan& plan);

// A buffer of 0 to kLongestPoolBytes bytes. A buffer of 0 bytes may not be touched at all: END is
// there.
[[nodiscard]] Maybe<HobPlan> plan_pool(const Arena& arena, const PageRegion& region,
                                       UINT16 size_bytes);

// Returns the buffer: 8-aligned, not cleared.
VOID* commit_pool(Arena& arena, const HobPlan& plan);

}  // namespace pei
