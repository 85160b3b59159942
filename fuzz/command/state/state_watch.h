// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// StateWatch: does a program of a long series answer as it does in a new process?
//
//   program 0 ... 63, 0 again, 64 ... 127, 64 again, ...      the second answer is compared
//   programs 1, 3, 7, 15, ...                                 also with that of a new process
//   each finding that is to be reported                       also in a new process
//
// Invariant: which programs are compared depends on their numbers alone. One program in 64 runs
// twice, which is 1.6 % of the time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "fuzz/triage/state/fresh_boots.h"
#include "fuzz/triage/state/history_search.h"

namespace hobnail {

// The places of a series: programs, and those that run again.
struct StateSeries {
  static constexpr std::size_t kPrograms = 64;

  [[nodiscard]] static bool is_again(std::size_t place) {
    return place % (kPrograms + 1) == kPrograms;
  }
  // The number of the program at a place.
  [[nodiscard]] static std::size_t program_at(std::size_t place) {
    const std::size_t rounds = place / (kPrograms + 1);
    return is_again(place) ? rounds * kPrograms : place - rounds;
  }
  [[nodiscard]] static std::size_t places(std::size_t programs) {
    return programs + programs / kPrograms;
  }
};

class StateWatch {
 public:
  // The program at a place, without the ops that were left out.
  using ProgramAt = std::function<oracle::Program(std::size_t)>;

  // To be made before the first boot of this process. `run`: of the series; `seconds`: of one op.
  // `compares`: answers, too; else only findings.
  StateWatch(const hobnail_target& target, const oracle::RunOptions& run, double seconds,
             ProgramAt program_at, bool compares);

  // The answer at a place, in order. Empty: as it should be, or none of those that are compared.
  [[nodiscard]] std::optional<StateAnswer> compare(std::size_t place,
                                                   const oracle::Outcome& outcome);
  // A finding at a place. Empty: a new process shows it too. Of findings that look alike, only the
  // first is searched for.
  [[nodiscard]] std::optional<StateAnswer> verify(std::size_t place,
                                                  const oracle::Outcome& outcome);

 private:
  [[nodiscard]] StateAnswer search(std::size_t place);

  FreshBoots fresh_;
  ProgramAt program_at_;
  bool compares_;
  std::size_t searches_ = 0;
  std::map<std::string, std::size_t> seen_;  // findings, by rule and op; 1st, 2nd, 4th are verified
  std::map<std::string, StateAnswer> explained_;  // findings, by rule and op
  std::uint64_t first_digest_ = 0;                // of the first program of the round
  bool first_counts_ = false;
};

}  // namespace hobnail
