// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The same steps for boots and lists: each has a executor, a minimizer and groups of its own, by
// the same names.
#include "fuzz/triage/work.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "fuzz/triage/boot/bucket.h"
#include "fuzz/triage/boot/minimize.h"
#include "fuzz/triage/hob_list/bucket.h"
#include "fuzz/triage/hob_list/edit.h"
#include "fuzz/triage/hob_list/minimize.h"
#include "properties/oracle/program/canonical.h"

namespace hobnail {
namespace {

using oracle::HobListInput;
using oracle::Program;

// A target that ended the process took the trace along: what came before that is told again.
void lend_trace(Executor& executor, const Program& program, Execution& execution) {
  const std::size_t op = execution.outcome.finding->op;
  if (execution.death.how.empty() || op >= program.ops.size()) return;
  Program before = program;
  before.ops.resize(op);
  Execution told = executor.play(before, true);
  execution.outcome.reset = std::move(told.outcome.reset);
  execution.outcome.trace = std::move(told.outcome.trace);
  execution.outcome.records = std::move(told.outcome.records);
}

void lend_trace(ListExecutor& /*executor*/, const HobListInput& /*list*/,
                Execution& /*execution*/) {}

// Plays it some times, the last time in a process that has played nothing else.
template <typename AnyPlayer, typename Test>
JobReport play_often(AnyPlayer& executor, const Test& test, unsigned tries, bool trace) {
  JobReport report;
  const Test played = canonical(test);
  report.test = played;
  std::map<std::string, unsigned> groups;
  std::optional<Execution> found;
  for (unsigned i = 0; i < tries; ++i) {
    if (i != 0 && i + 1 == tries) executor.start_afresh();
    Execution execution = executor.play(played, trace);
    ++report.tried;
    if (execution.found()) {
      ++groups[raw_group(played, execution)];
      if (!found) found = std::move(execution);
    } else if (i == 0) {
      report.execution = std::move(execution);
      if (!report.execution.outcome.skipped.empty()) break;
    }
  }
  if (found) report.execution = std::move(*found);
  if (trace && found) lend_trace(executor, played, report.execution);
  for (const auto& [group, count] : groups) {
    if (count <= report.reproduced) continue;
    report.group = group;
    report.reproduced = count;
  }
  return report;
}

template <typename AnyPlayer, typename Test>
JobReport minimal_one(AnyPlayer& executor, const Test& test, const Execution& first,
                      const TriageOptions& options) {
  if (!options.minimize) return play_often(executor, test, options.tries, true);
  const auto result = minimize(executor, test, first, MinimizeOptions{options.runs, 0, {}});
  JobReport report = play_often(executor, result.program, options.tries, true);
  report.runs = result.runs;
  return report;
}

template <typename AnyPlayer>
std::string sent(const AnyPlayer& executor, JobReport report) {
  report.executions = executor.executions;
  report.ops = executor.ops;
  return to_bytes(report);
}

}  // namespace

Work::Work(const hobnail_target& target, const oracle::RunOptions& run,
           const TriageOptions& options)
    : target_(target), run_(run), options_(options) {}

Executor& Work::player_of(const Program& /*program*/) {
  if (!boots_) boots_ = std::make_unique<Executor>(target_, run_, options_.limits);
  boots_->executions = 0;
  boots_->ops = 0;
  return *boots_;
}

ListExecutor& Work::player_of(const HobListInput& /*list*/) {
  if (!lists_) lists_ = std::make_unique<ListExecutor>(options_.readers, options_.limits);
  lists_->executions = 0;
  return *lists_;
}

std::string Work::classify(const TestCase& test) {
  return std::visit(
      [&](const auto& each) {
        auto& executor = player_of(each);
        return sent(executor, play_often(executor, each, options_.tries, false));
      },
      test);
}

std::string Work::minimal(const TestCase& test, const Execution& first) {
  return std::visit(
      [&](const auto& each) {
        auto& executor = player_of(each);
        return sent(executor, minimal_one(executor, each, first, options_));
      },
      test);
}

std::size_t size_of(const TestCase& test) {
  if (const auto* const program = std::get_if<Program>(&test)) return program->ops.size();
  const HobListInput& list = std::get<HobListInput>(test);
  return list.hobs.size() + list.patches.size();
}

std::size_t work_on(const TestCase& test, const Execution& execution) {
  const std::size_t all = size_of(test);
  if (std::holds_alternative<HobListInput>(test)) return all;
  return std::min(execution.outcome.finding->op, all);
}

}  // namespace hobnail
