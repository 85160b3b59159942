// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The interface of the core: the entry from SEC, the return to the dispatcher, and the
// EFI_PEI_SERVICES table that PEIMs call. Start reading here, then services.cpp.
//
// Invariant: only services.cpp and entry.cpp check arguments; no other file
// uses EFI_STATUS. A service that returns an error has changed no byte, except that a failing
// CreateHob or AllocatePool makes its out-parameter NULL.
#pragma once

#include "core/pei_core_instance.h"
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

// The running PEIM has returned. If it installed memory, everything migrates now, which happens
// once in a boot. Returns what the next PEIM is given; the old pointer is dead when it differs.
// nullptr when the boot cannot go on.
const EFI_PEI_SERVICES** return_to_dispatcher(const EFI_PEI_SERVICES** services);

// Fills the table of a record that is at its place.
void fill_service_table(PeiCoreInstance& instance);

// The record behind what a PEIM was given. Asserts that there is one.
PeiCoreInstance& instance_of(const EFI_PEI_SERVICES** services);

}  // namespace pei
