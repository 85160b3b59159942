// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Repeats: one program in many has a group that is repeated, so that lists of hundreds of HOBs and
// counters of a byte are reached.
//
// Invariant: numbers are drawn after those of the program, which is what its seed meant before.
#pragma once

#include "properties/oracle/board/board_set.h"
#include "properties/oracle/program/program.h"
#include "properties/oracle/random.h"

namespace hobnail::oracle {

// `program`, or the same with a group that is repeated and perhaps on the board with most room, if
// that is one of `boards`.
[[nodiscard]] Program with_repeats(Random& random, Program program, BoardSet boards = {});

}  // namespace hobnail::oracle
