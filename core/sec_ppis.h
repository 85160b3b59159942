// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// SEC's PPI list as the memory services use it. The list remains SEC's: the core searches for the
// three PPIs that concern memory and stores their interfaces.
//
// Invariant: the walk ends for any bytes: after the terminating descriptor, or after
// kLongestPpiList descriptors without one, which makes the list unusable.
#pragma once

#include "core/maybe.h"
#include "core/pi/ppi.h"

namespace pei {

inline constexpr UINTN kLongestPpiList = 256;  // descriptors; real lists have a handful

struct SecPpis {
  // The platform moves temporary RAM; nullptr: the core does.
  const EFI_PEI_TEMPORARY_RAM_SUPPORT_PPI* temporary_ram_support = nullptr;
  const EFI_SEC_HOB_DATA_PPI* hob_data = nullptr;  // nullptr: SEC has no HOBs
  bool in_permanent_memory = false;                // nothing will migrate
};

// `list` may be nullptr: SEC has none. Nothing when a descriptor has no GUID, when one of the three
// has no interface where it needs one, or when no descriptor is the last.
[[nodiscard]] Maybe<SecPpis> read_sec_ppis(const EFI_PEI_PPI_DESCRIPTOR* list);

}  // namespace pei
