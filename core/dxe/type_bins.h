// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Bins as the consumer sees them (docs/pei-semantics.md 2.12, 4.5): space that is set apart
// for one type is shown as that type while it is free, so that the map that the operating system
// stores across S4 does not depend on this boot's allocations.
//
//   the one resource that is owned by the MemoryTypeInformation GUID, carved from its top:
//   | rest |   last entry  | ... |   second entry   |   first entry   |
//
// Only types that outlive boot services are shown; the bins of the others are free memory.
#pragma once

#include "core/dxe/claims.h"

namespace pei::dxe {

struct TypeBins {
  UINT64 total_bytes = 0;  // of all bins that the table asks for; 0 without a good table
};

// Reads the first MemoryTypeInformation HOB. Each size is rounded up to `runtime_granularity`.
[[nodiscard]] TypeBins measure_bins(const HandOff& hand_off, UINT64 runtime_granularity,
                                    Rejections& rejections);

// Adds a claim for each bin that is shown, when exactly one resource is named for bins, is tested
// memory and large enough. The error when one does not fit the storage.
[[nodiscard]] HandOffError claim_bins(const HandOff& hand_off, const TypeBins& bins,
                                      UINT64 runtime_granularity, Claims& claims);

}  // namespace pei::dxe
