// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The same steps for boots and lists, in this process and elsewhere.
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

void take_trace(oracle::Outcome from, oracle::Outcome& to) {
  to.reset = std::move(from.reset);
  to.trace = std::move(from.trace);
  to.records = std::move(from.records);
}

// A target that ended the process took the trace along: the ops before that are run again.
void lend_trace(Executor& executor, const Program& program, Execution& execution) {
  const std::size_t op = execution.outcome.finding->op;
  if (execution.death.how.empty() || op >= program.ops.size()) return;
  Program before = program;
  before.ops.resize(op);
  take_trace(run(executor, before, true).outcome, execution.outcome);
}

// An external target reports neither trace nor conditions: those of the target of this process are
// the same as far as it gets.
void lend_context(Executor& executor, const Program& program, Execution& execution) {
  const std::size_t op = execution.outcome.finding->op;
  Program until = program;
  until.ops.resize(std::min(op + 1, program.ops.size()));
  Execution local = run(executor, until, true);
  const OpContext& context = local.context;
  if (!context.entered || context.op + 1 < until.ops.size()) return;
  execution.context = context;
  take_trace(std::move(local.outcome), execution.outcome);
}

template <typename Test>
JobReport run_some_times(Executor& executor, const Test& test, unsigned tries, bool trace) {
  JobReport report;
  const Test canonic = canonical(test);
  report.test = canonic;
  std::map<std::string, unsigned> groups;
  std::optional<Execution> found;
  for (unsigned i = 0; i < tries; ++i) {
    // The last time in a process that has run nothing else.
    if (i != 0 && i + 1 == tries) executor.start_afresh();
    Execution execution = run(executor, canonic, trace);
    ++report.tried;
    if (execution.found()) {
      ++groups[raw_group(canonic, execution)];
      if (!found) found = std::move(execution);
    } else if (i == 0) {
      report.execution = std::move(execution);
      if (!report.execution.outcome.skipped.empty()) break;
    }
  }
  if (found) report.execution = std::move(*found);
  for (const auto& [group, count] : groups) {
    if (count <= report.reproduced) continue;
    report.group = group;
    report.reproduced = count;
  }
  return report;
}

// What `executor` did since it was counted last.
void count(Executor& executor, JobReport& report) {
  report.executions += std::exchange(executor.executions, 0);
  report.ops += std::exchange(executor.ops, 0);
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
  return *executor;
}

const ExternalTarget* Work::external(const std::string& fuzzer) const {
  const auto at = std::find_if(options_.externals.begin(), options_.externals.end(),
                               [&](const ExternalTarget& one) { return one.name == fuzzer; });
  return at == options_.externals.end() ? nullptr : &*at;
}

JobReport Work::run_often(const TestCase& test, const ExternalTarget* target, bool trace) {
  Executor& own = executor_of(test);
  std::optional<ExternalExecutor> elsewhere;
  if (target != nullptr) elsewhere.emplace(*target, options_.limits);
  Executor& executor = elsewhere ? static_cast<Executor&>(*elsewhere) : own;
  JobReport report = std::visit(
      [&](const auto& each) { return run_some_times(executor, each, options_.tries, trace); },
      test);
  const auto* const program = std::get_if<Program>(&report.test);
  if (trace && report.execution.found() && program != nullptr) {
    (target != nullptr ? lend_context : lend_trace)(own, *program, report.execution);
  }
  if (target != nullptr) {
    report.fuzzer = target->name;
    if (!report.group.empty()) report.group = target->name + ": " + report.group;
    count(executor, report);
  }
  count(own, report);
  return report;
}

std::string Work::classify(const TestCase& test, const std::string& fuzzer) {
  const ExternalTarget* const target = external(fuzzer);
  if (target != nullptr && target->only_there) return to_bytes(run_often(test, target, false));
  JobReport report = run_often(test, nullptr, false);
  const bool clean = report.reproduced == 0 && report.execution.outcome.skipped.empty();
  if (target == nullptr || !clean) return to_bytes(report);
  JobReport elsewhere = run_often(test, target, false);
  elsewhere.executions += report.executions;
  elsewhere.ops += report.ops;
  return to_bytes(elsewhere);
}

void Work::add_cause(JobReport& report) {
  const auto* const program = std::get_if<Program>(&report.test);
  if (program == nullptr) return;
  report.cause = to_bytes(find_cause(executor_of(report.test), *program, report.execution,
                                     executors_without(target_, run_, options_.limits)));
}

std::string Work::minimal(const JobReport& first) {
  const ExternalTarget* const target = external(first.fuzzer);
  if (!options_.minimize) return to_bytes(run_often(first.test, target, true));
  std::optional<ExternalExecutor> elsewhere;
  if (target != nullptr) elsewhere.emplace(*target, options_.limits);
  Executor& executor = elsewhere ? static_cast<Executor&>(*elsewhere) : executor_of(first.test);
  std::size_t runs = options_.runs;
  if (elsewhere) runs = std::min(runs, options_.external_runs);
  const MinimizeOptions settings{runs, 0, {}};
  return std::visit(
      [&](const auto& test) {
        const auto result = minimize(executor, test, first.execution, settings);
        JobReport report = run_often(result.test, target, true);
        if (!elsewhere && report.execution.found()) add_cause(report);
        report.runs = result.runs;
        count(executor, report);
        return to_bytes(report);
      },
      first.test);
}

std::size_t work_on(const TestCase& test, const Execution& execution) {
  const std::size_t all = size_of(test);
  if (std::holds_alternative<HobListInput>(test)) return all;
  return std::min(execution.outcome.finding->op, all);
}

}  // namespace hobnail
