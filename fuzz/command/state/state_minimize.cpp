// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "fuzz/command/state/state_minimize.h"

#include <fmt/format.h>

#include "fuzz/terminal/progress_line.h"
#include "fuzz/triage/state/fresh_boots.h"
#include "fuzz/triage/state/record_of.h"

namespace hobnail {
namespace {

StateSearch limits_of(const StateMinimize& search, ProgressLine& progress) {
  StateSearch limits{search.seconds, search.series, {}};
  limits.progress = [&](std::size_t series, std::size_t boots, std::size_t ops) {
    progress.show(fmt::format("a history of {} boots and {} ops left, run {} of {}", boots, ops,
                              series, search.series));
  };
  return limits;
}

TriageRecord record_of_search(const StateMinimize& search, const StateFinding& finding) {
  constexpr unsigned kTries = 3;  // of the search's last confirmation
  TriageRecord record = record_of(finding, search.target->name);
  record.tried = kTries;
  record.reproduced = kTries;
  record.ops_before = search.boot.ops.size();
  return record;
}

}  // namespace

StateMinimized minimize_state(const StateMinimize& search) {
  const oracle::RunOptions run = search.execution->run_options();
  FreshBoots fresh(*search.target, run, search.execution->seconds);
  ProgressLine progress(search.quiet);
  StateMinimized result;
  result.answer =
      find_history(fresh, {search.history.size(), [&](std::size_t i) { return search.history[i]; }},
                   search.boot, limits_of(search, progress));
  progress.clear();
  if (result.answer.finding) result.record = record_of_search(search, *result.answer.finding);
  return result;
}

}  // namespace hobnail
