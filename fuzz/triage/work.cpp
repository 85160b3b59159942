// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The same steps for boots and lists, in this process and elsewhere.
#include "fuzz/triage/work.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <span>
#include <utility>

#include "fuzz/inputs/program_file.h"
#include "fuzz/process/interrupts.h"
#include "fuzz/targets/reader_under_test.h"
#include "fuzz/triage/boot/bucket.h"
#include "fuzz/triage/boot/executor.h"
#include "fuzz/triage/hob_list/bucket.h"
#include "fuzz/triage/hob_list/edit.h"
#include "fuzz/triage/hob_list/executor.h"
#include "fuzz/triage/minimize/minimize.h"
#include "properties/oracle/lockstep/complete_boot.h"
#include "properties/oracle/program/canonical.h"

namespace hobnail {
namespace {

using oracle::HobListInput;
using oracle::Program;

// Nothing begins any more.
bool is_late(std::chrono::steady_clock::time_point end) {
  return std::chrono::steady_clock::now() >= end || interrupted();
}

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

using Clock = Work::Clock;

// Tests that come too late show nothing: a cause then needs more than it would.
class TimedExecutor final : public Executor {
 public:
  TimedExecutor(Executor& inner, Clock::time_point end) : inner_(inner), end_(end) {}

  [[nodiscard]] Execution run(std::span<const std::uint8_t> bytes, bool trace) override {
    return is_late(end_) ? Execution{} : inner_.run(bytes, trace);
  }
  [[nodiscard]] const SharedState* shared() const override { return inner_.shared(); }
  void start_afresh() override { inner_.start_afresh(); }

 private:
  Executor& inner_;
  Clock::time_point end_;
};

template <typename Test>
JobReport run_some_times(Executor& executor, const Test& test, const Work::Tries& tries) {
  JobReport report;
  const Test canonic = canonical(test);
  report.test = canonic;
  const std::vector<std::uint8_t> bytes = tries.bytes.empty() ? encode(canonic) : tries.bytes;
  std::map<std::string, unsigned> groups;
  std::optional<Execution> found;
  for (unsigned i = 0; i < tries.count && (i == 0 || !is_late(tries.end)); ++i) {
    // The last time in a process that has run nothing else.
    if (i != 0 && i + 1 == tries.count) executor.start_afresh();
    Execution execution = executor.run(bytes, tries.trace);
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
    : target_(target),
      run_(run),
      options_(options),
      classified_by_(Clock::time_point::max()),
      minimized_by_(Clock::time_point::max()) {
  if (options.seconds <= 0) return;
  const auto after = [now = Clock::now()](double seconds) {
    return now +
           std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
  };
  classified_by_ = after(options.seconds / 2);
  minimized_by_ = after(options.seconds);
}

Executor& Work::executor_of(const TestCase& test) {
  const bool list = std::holds_alternative<HobListInput>(test);
  std::unique_ptr<Executor>& executor = list ? lists_ : boots_;
  if (!executor && list) {
    executor = std::make_unique<ListExecutor>(
        options_.readers.consumer != nullptr ? options_.readers : readers_under_test(),
        options_.limits);
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

std::vector<const ExternalTarget*> Work::origins(const Input& input) const {
  if (!input.fuzzer.empty() || !input.bytes) {
    const ExternalTarget* const named = external(input.fuzzer);
    if (named == nullptr) return {};
    return {named};
  }
  const bool list = std::holds_alternative<HobListInput>(input.content);
  std::vector<const ExternalTarget*> all;
  for (const ExternalTarget& target : options_.externals) {
    if (target.lists == list) all.push_back(&target);
  }
  return all;
}

JobReport Work::run_often(const TestCase& test, const ExternalTarget* target, bool trace) {
  return run_often(test, target, {options_.tries, trace, minimized_by_, {}});
}

JobReport Work::run_often(const TestCase& test, const ExternalTarget* target, const Tries& tries) {
  Executor& own = executor_of(test);
  std::optional<ExternalExecutor> elsewhere;
  if (target != nullptr) elsewhere.emplace(*target, options_.limits);
  Executor& executor = elsewhere ? static_cast<Executor&>(*elsewhere) : own;
  JobReport report =
      std::visit([&](const auto& each) { return run_some_times(executor, each, tries); }, test);
  const auto* const program = std::get_if<Program>(&report.test);
  if (tries.trace && report.execution.found() && program != nullptr) {
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

namespace {

bool is_clean(const JobReport& report) {
  return report.reproduced == 0 && report.execution.outcome.skipped.empty();
}

// `next` after `before`, which was clean. Clean reports count their tries together.
JobReport added(const JobReport& before, JobReport next) {
  next.executions += before.executions;
  next.ops += before.ops;
  if (is_clean(next)) next.tried += before.tried;
  return next;
}

// What a fuzz target that does not run, for want of a second target, say, ends with.
bool is_usage_error(const JobReport& report) {
  return report.execution.death.how.starts_with("exit code ");
}

// The boots of a fuzz target that completes them.
std::vector<Program> endings_of(const Program& program) {
  const Program whole = oracle::with_hand_off(program);
  std::vector<Program> endings = oracle::second_endings(whole);
  endings.insert(endings.begin(), whole);
  return endings;
}

TestCase whole_boot(const TestCase& test) {
  const auto* const program = std::get_if<Program>(&test);
  if (program == nullptr) return test;
  return oracle::with_hand_off(*program);
}

JobReport untried(const TestCase& test) {
  JobReport report;
  report.test = test;
  return report;
}

}  // namespace

JobReport Work::run_as(const ExternalTarget& target, const TestCase& test, const Input& input) {
  JobReport report;
  // True when that is the answer. A target that did not report the input is asked once first.
  const auto answers = [&](const TestCase& asked, const ExternalTarget* where,
                           const std::vector<std::uint8_t>& bytes) {
    const unsigned tries = input.fuzzer.empty() ? 1 : options_.tries;
    for (const unsigned count : {tries, options_.tries}) {
      JobReport next = run_often(asked, where, {count, false, minimized_by_, bytes});
      if (input.fuzzer.empty() && is_usage_error(next)) next.reproduced = 0;
      report = added(report, std::move(next));
      if (is_clean(report)) return false;
      if (count == options_.tries) break;
    }
    return true;
  };
  const auto* const program = std::get_if<Program>(&test);
  if (target.completes && program != nullptr) {
    for (const Program& whole : endings_of(*program)) {
      if (answers(whole, nullptr, {})) return report;
    }
  }
  const TestCase asked = target.completes ? whole_boot(test) : test;
  if (answers(asked, &target, {}) || !input.bytes || input.fuzzer.empty()) return report;
  // The very bytes, before it counts as no finding.
  const auto read = read_file(input.file.path);
  const auto* const text = std::get_if<std::string>(&read);
  if (text != nullptr) (void)answers(asked, &target, {text->begin(), text->end()});
  return report;
}

JobReport Work::run_compared(const ExternalTarget& target, const TestCase& test) {
  JobReport there = run_often(test, &target, false);
  if (!there.execution.found()) return there;
  JobReport here = run_often(test, nullptr, false);
  const auto& own = here.execution.outcome.finding;
  const oracle::Finding& finding = *there.execution.outcome.finding;
  const bool same = own && own->rule == finding.rule && own->op == finding.op;
  JobReport& answer = same ? here : there;
  const JobReport& other = same ? there : here;
  answer.executions += other.executions;
  answer.ops += other.ops;
  return std::move(answer);
}

std::string Work::classify(const TestCase& test, const Input& input) {
  if (is_late(classified_by_)) return to_bytes(untried(test));
  const ExternalTarget* const target = external(input.fuzzer);
  if (target != nullptr && target->only_there) {
    return to_bytes(target->compares ? run_compared(*target, test)
                                     : run_often(test, target, false));
  }
  JobReport report = run_often(test, nullptr, false);
  for (const ExternalTarget* const origin : origins(input)) {
    if (!is_clean(report)) break;
    report = added(report, run_as(*origin, test, input));
  }
  return to_bytes(report);
}

void Work::add_cause(JobReport& report) {
  const auto* const program = std::get_if<Program>(&report.test);
  if (program == nullptr || is_late(minimized_by_)) return;
  TimedExecutor executor(executor_of(report.test), minimized_by_);
  report.cause = to_bytes(find_cause(executor, *program, report.execution,
                                     executors_without(target_, run_, options_.limits)));
}

std::string Work::minimal(const JobReport& first) {
  if (is_late(minimized_by_)) return to_bytes(untried(first.test));
  const ExternalTarget* const target = external(first.fuzzer);
  if (!options_.minimize) return to_bytes(run_often(first.test, target, true));
  std::optional<ExternalExecutor> elsewhere;
  if (target != nullptr) elsewhere.emplace(*target, options_.limits);
  Executor& executor = elsewhere ? static_cast<Executor&>(*elsewhere) : executor_of(first.test);
  std::size_t runs = options_.runs;
  if (elsewhere) runs = std::min(runs, options_.external_runs);
  const MinimizeOptions settings{runs, 0, {}, minimized_by_};
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
