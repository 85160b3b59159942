// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Stability: does the same program on the same target have the same outcome? Each is played twice
// in a process that plays them all, and once in one of its own; outcomes are compared by their
// digest (every status, result and HOB list that was seen) and their finding.
//
// What differs makes findings that no run repeats: state that a target keeps between boots,
// time, addresses that the system draws.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "fuzz/inputs/program_file.h"
#include "fuzz/triage/state/state_finding.h"
#include "properties/abi/hobnail_target.h"
#include "properties/oracle/boot/run.h"

namespace hobnail {

struct Unstable {
  std::size_t index = 0;  // of the program
  std::string how;        // both outcomes, in words
  // The shortest history after which it differs; empty: none was found, or it differs by itself.
  std::optional<StateFinding> state;
  // After the history of an earlier one it differs, too: it is the same state.
  bool explained = false;
};

struct Stability {
  std::size_t played = 0;
  std::size_t skipped = 0;  // their board is not one that this build has
  std::vector<Unstable> unstable;

  [[nodiscard]] std::string text() const;  // "12 of 13 programs are stable (92.3%)"
};

// `run`: the rules and boards. `progress`: called after each program that has been compared; false
// ends the check, and later programs do not count. May be empty.
[[nodiscard]] Stability check_stability(const std::vector<ProgramFile>& programs,
                                        const hobnail_target& target, const oracle::RunOptions& run,
                                        double seconds,
                                        const std::function<bool(std::size_t)>& progress);

}  // namespace hobnail
