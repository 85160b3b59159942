// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A complete boot: adds the ops that a mutated program lacks, so that its boot reaches the hand-off
// and the memory map.
//
//   [ops of PEI ...]  + InstallPeiMemory  + ReturnToDispatcher  + HandOff  + ExitBootServices
//                       where none is       where none follows    moved from wherever they stood
#pragma once

#include <vector>

#include "properties/oracle/lockstep/lockstep.h"
#include "properties/oracle/program/program.h"

namespace hobnail::oracle {

// Decided by the ops alone: only a run shows whether they succeed.
[[nodiscard]] Program with_hand_off(const Program& program);

// The endings of the second run: `program` is one of with_hand_off().
[[nodiscard]] std::vector<Program> second_endings(const Program& program);

// What ran, and its result: `outcome.finding` is one of `program`.
struct CompleteBoot {
  Program program;
  Outcome outcome;
  bool reached_map = false;  // DXE has taken the list over
};

// Runs `program` with its ending; once more with all that it still lacks, when nothing was found
// and its own installs were rejected.
[[nodiscard]] CompleteBoot play_whole_story(const Program& program, const hobnail_target& target,
                                            const RunOptions& options);

}  // namespace hobnail::oracle
