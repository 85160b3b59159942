// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Playing three times.
#include "fuzz/campaign/stability.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "fuzz/triage/state/fresh_boots.h"
#include "fuzz/triage/state/history_search.h"
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

bool differs_after(FreshBoots& fresh, const StateFinding& state, const oracle::Program& program) {
  constexpr FreshBoots::Ask kAsk{false, true};
  const Outcome alone = fresh.run({}, program, kAsk);
  return !difference_kind(alone, fresh.run(state.history, program, kAsk)).empty();
}

// What the process ran before the second time is known: each of the programs until then, twice.
void find_histories(const std::vector<ProgramFile>& programs, const hobnail_target& target,
                    const RunOptions& options, double seconds, Stability& result) {
  constexpr std::size_t kSearches = 2;  // state that shows in many programs is one bug
  constexpr double kSecondsOfOne = 5;
  if (result.unstable.empty()) return;
  FreshBoots fresh(target, options, seconds);
  const auto end = std::chrono::steady_clock::now() +
                   std::chrono::duration<double>(kSecondsOfOne * (kSearches + 1));
  std::vector<const StateFinding*> found;
  std::size_t searches = 0;
  for (Unstable& one : result.unstable) {
    if (std::chrono::steady_clock::now() >= end) return;
    const oracle::Program& program = programs[one.index].program;
    one.explained = std::any_of(found.begin(), found.end(), [&](const StateFinding* state) {
      return differs_after(fresh, *state, program);
    });
    if (one.explained || searches++ >= kSearches) continue;
    const BootsBefore before{2 * one.index + 1,
                             [&](std::size_t k) { return programs[k / 2].program; }};
    StateAnswer answer = find_history(fresh, before, program, {kSecondsOfOne});
    if (answer.verdict == StateVerdict::Random) one.how += "; not deterministic: " + answer.how;
    one.state = std::move(answer.finding);
    if (one.state) found.push_back(&*one.state);
  }
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
          {i, fmt::format("twice in one process: {}; {}", together[0], together[1]), {}, false});
    } else if (together[0] != fresh) {
      result.unstable.push_back(
          {i,
           fmt::format("after others: {}; in a fresh process: {}", together[0], fresh),
           {},
           false});
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
  find_histories(programs, target, options, seconds, result);
  return result;
}

}  // namespace hobnail
