// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The swarm generator: whole programs from a seed, for RapidCheck, for the seeds and for the
// mutator. Own random numbers and bounded integers, so that a seed means the same program on every
// platform.
#pragma once

#include <cstddef>

#include "properties/oracle/board/board_set.h"
#include "properties/oracle/program/program.h"
#include "properties/oracle/random.h"

namespace hobnail::oracle {

// A program of up to `ops_max` ops. A random subset of the ops is drawn with random weights (swarm
// testing), so that programs differ in kind and not only in detail. Its board is one of `boards`.
[[nodiscard]] Program generate_program(Random& random, std::size_t ops_max, BoardSet boards = {});

}  // namespace hobnail::oracle
