// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Checkpoint: an enumeration that was interrupted, as the file of --resume. It holds the place in
// the order, the programs with findings, and what the run depends on: a file of another target,
// domain, standard, board or part is rejected.
//
// Invariant: read(text of c) == c. The number of ops is no part of it: a run may go on with more.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/enumeration/board_walk.h"
#include "fuzz/enumeration/distinct_findings.h"

namespace hobnail {

struct Checkpoint {
  std::string setting;  // one line: domain, target, standard, rules, calls, part
  std::vector<BoardWalk> walks;
  std::uint64_t ops = 0;    // calls that reached the target
  std::uint64_t known = 0;  // programs that ended in a known issue
  double seconds = 0;
  DistinctFindings findings;
};

[[nodiscard]] std::string checkpoint_text(const Checkpoint& checkpoint);
// Throws std::runtime_error with what is wrong.
[[nodiscard]] Checkpoint read_checkpoint(std::string_view text);

}  // namespace hobnail
