// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The replay of a stream of call records, as the machine prints it: a line for each program, and
// a last one with their number. Lines of other text are errors.
//
//   = DIGEST MEMORY NAME
//   end N programs
#pragma once

#include "core/pi/types.h"

namespace hobnail::bare {

void replay_all(const pei::UINT64* stream);

// An assertion of the core, as a line.
void print_panic(const char* file, int line, const char* what);

}  // namespace hobnail::bare
