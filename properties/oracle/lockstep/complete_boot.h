// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A program told to its end: what a mutated program lacks, so that its boot gets to the hand-off
// and to the memory map, is added to it.
//
//   [ops of PEI ...]  + InstallPeiMemory  + ReturnToDispatcher  + HandOff  + ExitBootServices
//                       where none is       where none follows    moved from wherever they stood
#pragma once

#include "properties/oracle/lockstep/lockstep.h"
#include "properties/oracle/program/program.h"

namespace pei::oracle {

// Judged by the ops alone: whether they succeed is only seen when they are played.
[[nodiscard]] Program with_ending(const Program& program);

// What was played, and what came of it: `outcome.finding` is one of `program`.
struct WholeStory {
  Program program;
  Outcome outcome;
  bool reached_map = false;  // DXE has taken the list over
};

// Plays `program` with its ending; once more with all that it still lacks, when nothing was found
// and its own installs were refused.
[[nodiscard]] WholeStory play_whole_story(const Program& program, const hobnail_target& target,
                                          const RunOptions& options);

}  // namespace pei::oracle
