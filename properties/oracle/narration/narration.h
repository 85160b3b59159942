// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Narration: at the borders of the phases, the trace explains in a few lines what becomes of all
// memory. For people only; nothing is checked here.
//
// Each adds lines to the story of the open trace line; call only when a trace is wanted.
#pragma once

#include <vector>

#include "properties/oracle/boot/boot.h"

namespace hobnail::oracle {

// What SEC handed over and what the core made of it, into Outcome::reset.
void tell_reset(Boot& boot);

// Once a boot: what AllocatePool's memory is, and that no call frees it.
void tell_pool(Boot& boot);

// What moved where. `boot.previous` is the list before; the allocation table has moved.
void tell_migration(Boot& boot);

// What PEIMs wrote into the list that makes no sense.
void tell_flaws(Boot& boot);

// The list is copied; its bytes and its pools are memory like any other.
void tell_list_copied(Boot& boot);

// The memory map of the hand-off: ranges, pages, types, and who stays in them.
void tell_map(Boot& boot);

// What the operating system gets, what it gets later, what stays and why.
void tell_exit(Boot& boot, const std::vector<MapEntry>& entries);

}  // namespace hobnail::oracle
