// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// PageRegion: where pages come from in the present phase, so that the same plans serve all phases.
//
//   temporary or permanent RAM:   | list | --> gap <-- | given pages |
//                                        ^floor        ^top
//   the window:                   temporary RAM | list | gap | also_given |
//        permanent RAM | what the migration will put | growth | free | given pages |
//                                                             ^floor ^top
//   with bins in PEI's memory:    | list | --> gap <-- | given pages | bins | also_given |
//
// Invariant: floor <= *top == given.base(). Pages and HOBs share one gap in the first case; in the
// window each HOB makes the list longer that will be copied, so there too the floor rises with it.
#pragma once

#include "core/address.h"
#include "core/floor.h"
#include "core/hob_list.h"
#include "core/pi/hob.h"

namespace pei {

struct PageRegion {
  UINT64* top;                 // the cursor: the lowest address given out, page-aligned
  Floor floor;                 // pages do not reach below it
  AddressRange given;          // from *top to the end of what PEI manages
  AddressRange also_given;     // in the window the pages of temporary RAM; above the bins; or empty
  UINT32 spare_slots;          // slots for HOBs that must be left: the coming stack's
  UINT64 merge_boundaries[2];  // where the migration may have joined free pages; 0: nowhere

  // True when `need_bytes` below `from` can be had while the list grows by `growth_bytes`.
  [[nodiscard]] bool has_room(UINT64 from, UINT64 need_bytes, UINT64 growth_bytes) const {
    const Maybe<UINT64> lowest = floor.above(growth_bytes);
    return lowest && from >= *lowest && from - *lowest >= need_bytes;
  }
};

// The range of a record that AllocatePages or FreePages made; nothing for anyone else's: a module's
// (72 bytes), one with a name that PI gives a meaning (a stack's), a platform's (outside what we
// gave). PI lets PEIMs build those, but a page is ours to free only when it was ours to give. Any
// other name is a tag: the owner of the pages has written it into our record, and they stay his.
[[nodiscard]] Maybe<AddressRange> own_range(const PageRegion& region,
                                            const EFI_HOB_MEMORY_ALLOCATION& record);

// True when the record describes free pages.
[[nodiscard]] bool is_free(const EFI_HOB_MEMORY_ALLOCATION& record);

// The range of a free record of ours; nothing for any other.
[[nodiscard]] Maybe<AddressRange> free_range(const PageRegion& region,
                                             const EFI_HOB_MEMORY_ALLOCATION& record);

}  // namespace pei
