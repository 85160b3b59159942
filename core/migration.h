// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Migration: temporary RAM moves to permanent memory, copied by the core
// (docs/pei-semantics.md 3.3 and 3.5), or by the platform (3.4, platform_copy.h) with the pages
// moved on from its image.
//
//   temporary RAM      | PHIT..END | gap | pages | .hole. | stack, record |     in any order
//
//   permanent memory   | .. stack, record | hole | PHIT..END | gap | pages | window pages |
//                      |    new stack     |      ^ 8-aligned                              |
//                      base                                                             end
//
// Invariant: what InstallPeiMemory accepted can be migrated, whatever happened in the window. The
// plan has all numbers and all checks; the commit writes nothing outside permanent memory but the
// stack's HOB in the old list and a mark in the old record. It can fail in one way only: the
// platform was to copy, and did not.
#pragma once

#include "core/pei_core_instance.h"

namespace pei {

struct MigrationPlan {
  AddressRange new_stack;
  bool by_platform = false;  // who copies
  UINT64 new_record = 0;     // address of the PeiCoreInstance: tops of old and new stack agree
  UINT64 new_heap_base = 0;  // of the PHIT, 8-aligned; when the platform copies, it decides
  AddressRange old_pages;    // of temporary RAM
  UINT64 new_pages_base = 0;
  AddressRange padding;  // above the moved pages, so that they move by whole granules
};

// What InstallPeiMemory has to ask: true when `permanent` is large enough for all that migrates.
// It does not overlap temporary RAM or the stack.
[[nodiscard]] bool is_large_enough(PeiCoreInstance& instance, const AddressRange& permanent);

// Only while the window is open. Nothing when the boot cannot go on.
[[nodiscard]] Maybe<MigrationPlan> plan_migration(PeiCoreInstance& instance);

// Moves everything and returns the record at its new place. The old one is dead, with all of
// temporary RAM and all pointers into it. It is for the caller to run on the new stack. nullptr
// when the platform has not put the images where they belong: the boot cannot go on.
PeiCoreInstance* commit_migration(PeiCoreInstance& instance, const MigrationPlan& plan);

}  // namespace pei
