// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What the migration will need of permanent memory. InstallPeiMemory asks whether there is enough,
// and while the window is open AllocatePages, AllocatePool and CreateHob leave it alone.
// docs/pei-semantics.md 3.3 and 3.8, invariant I68.
//
//   base                                                                            end
//    | new stack | hole | list + stack HOB | growth | temporary pages | window pages |
//    `----------------- layout, counted without the window pages --'
//                  (drawn in its order afterwards; the window's floor is base + layout: floor.h)
//
// When the platform copies (3.4) the image of all temporary RAM must fit between the new stack and
// the pages, the unused part of the heap included.
//
// Invariant: all arithmetic is checked, because SEC's numbers may be anything.
#pragma once

#include "core/page_region.h"
#include "core/pei_core_instance.h"

namespace pei {

// EDK II's PcdPeiCoreMaxPeiStackSize.
inline constexpr UINT64 kLargestNewStackBytes = 0x20000;

// The permanent PEI starts with so much gap at least: born full it could only fail.
inline constexpr UINT64 kGrowthBytes = kPageBytes;

// Half of the memory in whole pages, at most kLargestNewStackBytes.
[[nodiscard]] UINT64 new_stack_bytes(const AddressRange& permanent);

// True when the platform copies temporary RAM, not the core: SEC has brought a PPI for that, and
// its stack lies in temporary RAM, so that there is one image with both in it.
[[nodiscard]] bool platform_copies(const PeiCoreInstance& instance);

// What of temporary RAM is neither heap nor stack: SEC's data, which moves too. Lowest first, each
// may be empty.
struct Hole {
  AddressRange pieces[3];
};
[[nodiscard]] Hole hole_of(const PeiCoreInstance& instance);

// Where the PHIT will lie, or when the platform copies the highest place where it may put it.
// Nothing when that is not an address.
[[nodiscard]] Maybe<UINT64> new_heap_base(const PeiCoreInstance& instance,
                                          const AddressRange& permanent);

// What no window page may reach below, as the list is now. Nothing when it is no address.
[[nodiscard]] Maybe<Floor> window_floor(const PeiCoreInstance& instance, const Arena& arena,
                                        const AddressRange& permanent);

// Where pages come from in the phase of the record.
[[nodiscard]] PageRegion region_of(PeiCoreInstance& instance, const Arena& arena);

}  // namespace pei
