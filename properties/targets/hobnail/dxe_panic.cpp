// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// pei::panic for programs with our consumer of the HOB list and another PEI core: there is
// no target of ours, which has the other one (hobnail_core.cpp), and no boot of ours to stop.
#include <cstdio>
#include <cstdlib>

#include "core/panic.h"

void pei::panic(const char* file, int line, const char* what) {
  std::fprintf(stderr, "hobnail: its own DXE is wrong, not the target: %s:%d: %s\n", file, line,
               what);
  std::abort();
}
