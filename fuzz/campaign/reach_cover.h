// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Smaller corpora without an engine: by the cells of coverage_table.h that programs cover, instead
// of the edges that they run through.
#pragma once

#include <cstddef>
#include <vector>

#include "properties/abi/hobnail_target.h"
#include "properties/oracle/program/program.h"
#include "properties/oracle/rules/standard.h"

namespace hobnail {

struct Cover {
  std::vector<std::size_t> kept;  // indices of programs, ascending
  std::size_t cells = 0;          // that all of them cover together
};

// Programs that together reach what all do. `greedy`: a small set, the one that adds most first;
// else those that add something to what stands before them, the first `given` in any case.
[[nodiscard]] Cover cover_by_reach(const std::vector<oracle::Program>& programs,
                                   const hobnail_target& target, oracle::Standard standard,
                                   bool greedy, std::size_t given);

}  // namespace hobnail
