// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Playing three times.
#include "fuzz/campaign/stability.h"

#include <fmt/format.h>

#include <array>

#include "properties/oracle/isolation/subprocess.h"
#include "properties/targets/hobnail/dxe.h"

namespace hobnail {
namespace {

using oracle::Outcome;
using oracle::RunOptions;

// An outcome, as far as it must be the same.
std::string seal(const Outcome& outcome) {
  std::string text = fmt::format("digest {:016x}", outcome.digest);
  if (outcome.finding) {
    text += fmt::format(", finding {} at op {}", outcome.finding->rule, outcome.finding->op);
  }
  return text;
}

}  // namespace

std::string Stability::text() const {
  const std::size_t stable = played - unstable.size();
  return fmt::format(
      "{} of {} programs are stable ({:.1f}%){}", stable, played,
      played == 0 ? 0.0 : 100.0 * static_cast<double>(stable) / static_cast<double>(played),
      skipped == 0 ? "" : fmt::format(", {} skipped", skipped));
}

Stability check_stability(const std::vector<ProgramFile>& programs, const hobnail_target& target,
                          const RunOptions& run, double seconds,
                          const std::function<bool(std::size_t)>& progress) {
  RunOptions options = run;
  options.consumer = &pei::builtin_dxe();
  Stability result;
  std::array<std::string, 2> together;
  const auto compare = [&](std::size_t i) {
    const Outcome alone = run_one_isolated(programs[i].program, target, options, {seconds});
    ++result.played;
    const std::string fresh = seal(alone);
    if (together[0] != together[1]) {
      result.unstable.push_back(
          {i, fmt::format("twice in one process: {}; {}", together[0], together[1])});
    } else if (together[0] != fresh) {
      result.unstable.push_back(
          {i, fmt::format("after others: {}; in a fresh process: {}", together[0], fresh)});
    }
    return !progress || progress(i);
  };
  const auto source = [&](std::size_t i) { return programs[i / 2].program; };
  run_isolated(2 * programs.size(), source, target, options, {seconds},
               [&](std::size_t i, const Outcome& outcome) {
                 if (!outcome.skipped.empty()) {
                   result.skipped += i % 2;
                   return true;
                 }
                 together[i % 2] = seal(outcome);
                 return i % 2 == 0 || compare(i / 2);
               });
  return result;
}

}  // namespace hobnail
