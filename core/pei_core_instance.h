// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// PeiCoreInstance: all state of the core beside the PHIT. There is no global: it lies at the top of
// SEC's stack, as a local of the PEI core would, and moves with it.
//
//   StackBase                                                 StackBase + StackSize
//    |  frames grow down from here ...  <-- | PeiCoreInstance | (up to 8 bytes of padding)
//                                           | services ----.  |
//                                           | signature    |  |
//                                           | table <------'  |
//
// Invariant: `services` is the first member, so the EFI_PEI_SERVICES** that every PEIM is given is
// the address of the record. Only `services`, `table.CpuIo`, `table.PciCfg` and `phit` point into
// memory that moves.
#pragma once

#include "core/address.h"
#include "core/arena.h"
#include "core/bins.h"
#include "core/pi/pei_services.h"
#include "core/pi/ppi.h"

namespace pei {

enum class CorePhase : UINT32 {
  kTemporaryRam,  // from SEC to InstallPeiMemory
  kWindow,        // memory is installed, but the PEIM that did it is still running
  kMigrating,     // the platform is copying: no service that needs the list may be called
  kPermanent,     // after the migration, or from the start
};

inline constexpr UINT64 kLiveRecord = 0x4c49414e424f4850;  // "PHOBNAIL"
inline constexpr UINT64 kDeadRecord = 0x4f4742415048444c;  // it has moved away

// EFI_PEI_CPU_IO_PPI has 20 entries, EFI_PEI_PCI_CFG2_PPI fewer: enough for either.
inline constexpr UINTN kPpiEntries = 20;

struct PeiCoreInstance {
  const EFI_PEI_SERVICES* services;
  UINT64 signature;
  EFI_PEI_SERVICES table;
  VOID* no_ppi[kPpiEntries];  // what CpuIo and PciCfg point to: functions that are not there

  AddressRange temporary_ram;  // as SEC handed it over
  AddressRange heap;           // inside temporary RAM
  AddressRange stack;          // SEC's, anywhere but in the heap
  // SEC's; nullptr: the core copies by itself. Not used again once temporary RAM is gone.
  const EFI_PEI_TEMPORARY_RAM_SUPPORT_PPI* temporary_ram_support;
  UINT64 runtime_granularity;  // bytes
  bool wants_bins;             // set them up after the migration

  CorePhase phase;
  EFI_HOB_HANDOFF_INFO_TABLE* phit;
  ListNotes notes;
  AddressRange permanent;  // from the window on: what InstallPeiMemory gave, whole pages
  UINT64 window_top;       // in the window: the lowest page given out of `permanent`
  Bins bins;               // afterwards, if wanted and possible
  UINT64
  merge_boundaries[2];  // afterwards: where free pages of both sides may touch (page_reuse.h)
};
static_assert(offsetof(PeiCoreInstance, services) == 0);
static_assert(alignof(PeiCoreInstance) <= 8);

// The arena of the list that is live now.
inline Arena arena_of(PeiCoreInstance& instance) { return Arena(*instance.phit, instance.notes); }

}  // namespace pei
