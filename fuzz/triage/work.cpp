// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The same steps for boots and lists.
#include "fuzz/triage/work.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "fuzz/triage/boot/bucket.h"
#include "fuzz/triage/boot/executor.h"
#include "fuzz/triage/hob_list/bucket.h"
#include "fuzz/triage/hob_list/edit.h"
#include "fuzz/triage/hob_list/executor.h"
#include "fuzz/triage/minimize/minimize.h"
#include "properties/oracle/program/canonical.h"

namespace hobnail {
namespace {

using oracle::HobListInput;
using oracle::Program;

// A target that ended the process took the trace along: the ops before that are run again.
void lend_trace(Executor& executor, const Program& program, Execution& execution) {
  const std::size_t op = execution.outcome.finding->op;
  if (execution.death.how.empty() || op >= program.ops.size()) return;
  Program before = program;
  before.ops.resize(op);
  Execution again = run(executor, before, true);
  execution.outcome.reset = std::move(again.outcome.reset);
  execution.outcome.trace = std::move(again.outcome.trace);
}

void lend_trace(Executor& /*executor*/, const HobListInput& /*list*/, Execution& /*execution*/) {}

// Runs it some times, the last time in a process that has run nothing else.
template <typename Test>
JobReport run_often(Executor& executor, const Test& test, unsigned tries, bool trace) {
  JobReport report;
  const Test played = canonical(test);
  report.test = played;
  std::map<std::string, unsigned> groups;
  std::optional<Execution> found;
  for (unsigned i = 0; i < tries; ++i) {
    if (i != 0 && i + 1 == tries) executor.start_afresh();
    Execution execution = run(executor, played, trace);
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

template <typename Test>
JobReport minimal_one(Executor& executor, const Test& test, const Execution& first,
                      const TriageOptions& options) {
  if (!options.minimize) return run_often(executor, test, options.tries, true);
  const auto result = minimize(executor, test, first, MinimizeOptions{options.runs, 0, {}});
  JobReport report = run_often(executor, result.test, options.tries, true);
  report.runs = result.runs;
  return report;
}

std::string sent(const Executor& executor, JobReport report) {
  report.executions = executor.executions;
  report.ops = executor.ops;
  return to_bytes(report);
}

}  // namespace

Work::Work(const hobnail_target& target, const oracle::RunOptions& run,
           const TriageOptions& options)
    : target_(target), run_(run), options_(options) {}

Executor& Work::executor_of(const TestCase& test) {
  const bool list = std::holds_alternative<HobListInput>(test);
  std::unique_ptr<Executor>& executor = list ? lists_ : boots_;
  if (!executor && list) {
    executor = std::make_unique<ListExecutor>(options_.readers, options_.limits);
  } else if (!executor) {
    executor = std::make_unique<BootExecutor>(target_, run_, options_.limits);
  }
  executor->executions = 0;
  executor->ops = 0;
  return *executor;
}

std::string Work::classify(const TestCase& test) {
  Executor& executor = executor_of(test);
  return std::visit(
      [&](const auto& each) {
        return sent(executor, run_often(executor, each, options_.tries, false));
      },
      test);
}

std::string Work::minimal(const TestCase& test, const Execution& first) {
  Executor& executor = executor_of(test);
  return std::visit(
      [&](const auto& each) {
        return sent(executor, minimal_one(executor, each, first, options_));
      },
      test);
}

std::size_t work_on(const TestCase& test, const Execution& execution) {
  const std::size_t all = size_of(test);
  if (std::holds_alternative<HobListInput>(test)) return all;
  return std::min(execution.outcome.finding->op, all);
}

}  // namespace hobnail
