// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Machine: what the replayer needs of the machine that it runs on. machine.cpp supplies it on the
// bare machine, host/ in a process.
//
// Invariant: an arena lies at its own address, in memory of its own; an access to memory that is
// not mapped ends the run with a message.
#pragma once

#include "core/pi/types.h"

namespace hobnail::bare {

// One line of output, without its end.
void print_line(const char* text);

// Takes away all arenas that are mapped.
void unmap_arenas();
// Puts memory of any contents at the pages of [base, base + bytes).
void map_arena(pei::UINT64 base, pei::UINT64 bytes);
// An access to the pages of [base, base + bytes) faults from here on.
void close_arena(pei::UINT64 base, pei::UINT64 bytes);

}  // namespace hobnail::bare
