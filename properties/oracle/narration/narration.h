// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Tell: where the phases of a boot meet, the trace says in a few lines what becomes of everybody's
// memory, so that a replay reads like an explanation. All for people; nothing is judged here.
//
// Each adds lines to the story of the open trace line; call only when a trace is wanted.
#pragma once

#include <vector>

#include "properties/oracle/boot/boot.h"

namespace pei::oracle {

// What SEC handed over and what the core made of it, into Outcome::reset.
void tell_reset(Boot& boot);

// Once a boot: what AllocatePool's memory is, and that nobody frees it.
void tell_pool(Boot& boot);

// What went where. `boot.previous` is the list before, and the book has moved along.
void tell_migration(Boot& boot);

// What PEIMs wrote into the list that makes no sense.
void tell_flaws(Boot& boot);

// The list is copied; its bytes and its pools are memory like any other.
void tell_list_copied(Boot& boot);

// The memory map of the hand-off: ranges, pages, types, and who stays in them.
void tell_map(Boot& boot);

// What the operating system gets, what it gets later, what stays and why.
void tell_exit(Boot& boot, const std::vector<MapEntry>& entries);

}  // namespace pei::oracle
