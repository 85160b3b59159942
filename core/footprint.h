// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What the migration will need of permanent memory. InstallPeiMemory asks whether there is enough,
// and while the window is open AllocatePages, AllocatePool and CreateHob leave it alone.
// Reference pei-semantics.md 3.3 and 3.8, invariant I68.
//
//   base                                                                            end
//    | new stack | hole | list + stack HOB | growth | temporary pages | window pages |
//    `----------------- footprint, counted without the window pages --'
//                  (drawn in its order afterwards; the window's floor is base + footprint)
//
// Invariant: all arithmetic is checked, because SEC's numbers may be anything.
#pragma once

#include "core/page_region.h"
#include "core/record.h"

namespace pei {

// EDK II's PcdPeiCoreMaxPeiStackSize.
inline constexpr UINT64 kLargestNewStackBytes = 0x20000;

// The permanent PEI starts with so much gap at least: born full it could only fail.
inline constexpr UINT64 kGrowthBytes = kPageBytes;

// Half of the memory in whole pages, at most kLargestNewStackBytes.
[[nodiscard]] UINT64 new_stack_bytes(const AddressRange& permanent);

// Bytes of temporary RAM that are neither heap nor stack and move too. 0 when SEC's stack lies
// outside temporary RAM, since what is beside the heap then has no place in the picture.
[[nodiscard]] UINT64 hole_bytes(const CoreRecord& record);

// Where the PHIT will lie. Nothing when that is not an address.
[[nodiscard]] Maybe<UINT64> new_heap_base(const CoreRecord& record, const AddressRange& permanent);

// No window page may lie below: base + footprint as the list is now. Nothing when that is no
// address.
[[nodiscard]] Maybe<UINT64> window_floor(const CoreRecord& record, const Arena& arena,
                                         const AddressRange& permanent);

// Where pages come from in the phase of the record.
[[nodiscard]] PageRegion region_of(CoreRecord& record, const Arena& arena);

}  // namespace pei
