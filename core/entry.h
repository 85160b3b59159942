// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Entry: the PEI core's start, from SEC's hand-off to the first call of a PEIM.
//
// Invariant: an entry that fails has written no byte.
#pragma once

#include "core/address.h"
#include "core/pi/pei_services.h"
#include "core/pi/ppi.h"

namespace pei {

struct CoreOptions {
  // Bytes: 4 KiB, or 64 KiB as on AArch64; a power of two in between does too. Allocations that
  // stay with the OS at run time are aligned to it, base and size (docs/pei-semantics.md 1.5).
  UINT64 runtime_page_granularity = kPageBytes;
  // Set memory apart for the types that the platform's MemoryTypeInformation HOB names, once memory
  // is permanent (bin_plan.h). Not on S3.
  bool memory_type_bins = false;
};

// A cold entry from SEC (PI 1.8 Vol 1 section 13.3): makes the HOB list at the bottom of the heap,
// with the HOBs that SEC has built behind the PHIT, and the core's record at the top of SEC's
// stack. Returns what every PEIM is given; it stays valid until return_to_dispatcher migrates. When
// SEC's PPI list contains the PPI of installed permanent memory, nothing migrates, and SEC's stack
// is recorded.
//
// nullptr, with no byte written, when the hand-off cannot be worked with: DataSize too small, a
// region that is empty, wraps or is at address 0, a heap outside temporary RAM, over the stack, not
// 8-aligned or without room for the first list, a stack whose top is not 8-aligned or without room
// for the record; a PPI list (nullptr: none) or a HOB list of SEC's that is none; or when the
// granularity is none.
const EFI_PEI_SERVICES** enter_pei_core(const EFI_SEC_PEI_HAND_OFF& hand_off,
                                        const EFI_PEI_PPI_DESCRIPTOR* ppi_list,
                                        const CoreOptions& options);

}  // namespace pei
