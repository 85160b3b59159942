// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Symbols: functions for the places that a sanitizer's report names. A sanitizer would look them up
// itself in each process that dies, for longer than the boot took; so commands that play in
// children tell it not to, and look up what is left in the end.
#pragma once

#include <string>
#include <vector>

#include "fuzz/triage/record/record.h"

namespace hobnail {

// As many sources as functions.
struct NamedFrames {
  std::vector<std::string> functions;
  std::vector<SourceLine> sources;
};

// "module+0x12" frames as functions, those that are inlined there too, up to the harness, which
// called the target; without frames of sanitizers and the C library. A place that no tool knows
// stays, with the module's file name for its path. Asks llvm-symbolizer, else addr2line.
[[nodiscard]] NamedFrames named_frames(const std::vector<std::string>& frames);

// In a build with sanitizers: starts this program again with reports that name places only, unless
// the environment says what they are to do. To be called before anything is played.
void let_reports_be_quick();

}  // namespace hobnail
