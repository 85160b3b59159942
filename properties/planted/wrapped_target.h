// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A target around another: every call passes through, until a test replaces something. With it the
// oracle is put under test: break one thing, and see the rule that reports it.
//
//   lockstep --> table of this file, some entries replaced --> the inner target's table
//
// One wrapped target at a time: replacements are plain functions and find the boot through here.
#pragma once

#include "properties/abi/hobnail_target.h"
#include "properties/oracle/pi.h"

namespace hobnail::oracle::wrapped {

// What a test breaks; each may be nullptr.
struct Changes {
  void (*table)(EFI_PEI_SERVICES& table) = nullptr;    // replaces services
  void* (*enter)(void* services) = nullptr;            // after the entry; its answer is given
  void* (*migrate)(void* services) = nullptr;          // after the return that migrates
  void (*ppi)(EFI_PEI_PPI_DESCRIPTOR& ppi) = nullptr;  // each of SEC's PPIs, before the entry
};

// Replaces one service: a change of the table.
template <auto Entry, auto Replacement>
void replace(EFI_PEI_SERVICES& table) {
  table.*Entry = Replacement;
}

// `inner` with these changes. Valid until the next call.
const hobnail_target& around(const hobnail_target& inner, const Changes& changes);

// Of the boot that is running: what the inner target gave, the hand-off and the host it was given.
const EFI_PEI_SERVICES** services();
const EFI_SEC_PEI_HAND_OFF& hand_off();
const hobnail_host& host();
// The interface that SEC gave, of the PPI that a change has replaced.
const VOID* replaced_ppi();
void replace_ppi(EFI_PEI_PPI_DESCRIPTOR& ppi, VOID* interface);
// True once temporary RAM is gone.
bool has_moved();

// The list of the inner target: its PHIT, and the n-th memory allocation HOB (from 0) or nullptr.
EFI_HOB_HANDOFF_INFO_TABLE& phit();
EFI_HOB_MEMORY_ALLOCATION* allocation(unsigned n);
// The n-th HOB of a type, its header; nullptr when there are fewer.
EFI_HOB_GENERIC_HEADER* hob_of(UINT16 type, unsigned n);

}  // namespace hobnail::oracle::wrapped
