// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Narration of the hand-off to DXE and the OS: who has which memory, as lines of the trace.
// For people only; nothing is checked here. Call only when a trace is wanted.
#pragma once

#include <vector>

#include "properties/oracle/boot/boot.h"

namespace hobnail::oracle {

// What PEIMs wrote into the list that makes no sense.
void narrate_flaws(Boot& boot);

// The list is copied; its bytes and its pools are memory like any other.
void narrate_list_copied(Boot& boot);

// The memory map of the hand-off: ranges, pages, types, and who stays in them.
void narrate_map(Boot& boot);

// What the operating system gets, what it gets later, what stays and why.
void narrate_exit(Boot& boot, const std::vector<MapEntry>& entries);

}  // namespace hobnail::oracle
