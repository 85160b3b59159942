// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// HOBs that SEC has built (PI 1.8 Vol 1, EFI_SEC_HOB_DATA_PPI): judged, and appended behind the
// PHIT before any PEIM runs.
//
//   SEC's memory    | HOB | HOB | ... | END |            heap    | PHIT | HOB | HOB | ... | END |
//                    `---- hob_bytes --'                                `---- copied ---'
//
// Invariant: no length of SEC's is trusted, nothing is read beyond what the heap could hold. EDK II
// takes the list as it comes (docs/pei-semantics.md 6.3, H41).
#pragma once

#include "core/arena.h"
#include "core/pi/ppi.h"

namespace pei {

struct SecHobs {
  HobList list = HobList(nullptr, 0);
  UINTN hob_bytes = 0;  // without END
};

// Asks `ppi` (nullptr: no HOBs) for its list. Nothing when that is none: not 8-aligned, with a HOB
// of a bad length, a memory allocation too short to be one, a PHIT, or no END after `room_bytes`;
// or when it lies in `heap`, which is about to be written.
[[nodiscard]] Maybe<SecHobs> plan_sec_hobs(const EFI_SEC_HOB_DATA_PPI* ppi,
                                           const AddressRange& heap, UINT64 room_bytes);

void commit_sec_hobs(Arena& arena, const SecHobs& hobs);

}  // namespace pei
