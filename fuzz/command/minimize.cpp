// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// hobnail minimize: the shortest and simplest program, or HOB list, with the same finding; of a
// finding that needs earlier boots, these boots too.
#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fuzz/boot_view/markup.h"
#include "fuzz/command/commands.h"
#include "fuzz/command/options/known_options.h"
#include "fuzz/command/options/next_step.h"
#include "fuzz/command/options/output_options.h"
#include "fuzz/command/options/program_arguments.h"
#include "fuzz/command/options/triage_options.h"
#include "fuzz/command/options/usage_error.h"
#include "fuzz/command/state/state_minimize.h"
#include "fuzz/command/triage_text.h"
#include "fuzz/inputs/crash_inputs.h"
#include "fuzz/inputs/history_files.h"
#include "fuzz/inputs/program_file.h"
#include "fuzz/inputs/write_file.h"
#include "fuzz/process/interrupts.h"
#include "fuzz/terminal/progress_line.h"
#include "fuzz/triage/boot/executor.h"
#include "fuzz/triage/boot/record_of.h"
#include "fuzz/triage/hob_list/executor.h"
#include "fuzz/triage/hob_list/record_of.h"
#include "fuzz/triage/known_issues.h"
#include "fuzz/triage/minimize/minimize.h"
#include "fuzz/triage/record/record_json.h"
#include "fuzz/triage/report/sentences.h"
#include "fuzz/triage/work.h"
#include "properties/oracle/rules/rule_choice.h"

namespace hobnail {
namespace {

struct Options {
  std::string file;
  std::vector<std::string> after;
  ExecutionOptions execution;
  std::string out;
  std::string json;
  KnownOptions known;
  std::size_t runs = 2000;
  double seconds = 60;
  std::uint64_t seed = 0;
  bool lists = false;
  bool quiet = false;
};

// A HOB list has no cause.
TriageRecord record_with_cause(Executor& /*executor*/, const Options& /*options*/,
                               const oracle::HobListInput& list, const Execution& execution,
                               const std::string& target) {
  return record_of(list, execution, target);
}
TriageRecord record_with_cause(Executor& executor, const Options& options,
                               const oracle::Program& program, const Execution& execution,
                               const std::string& target) {
  const ExecutionOptions& choice = options.execution;
  const Cause cause =
      find_cause(executor, program, execution,
                 executors_without(choice.load(), choice.run_options(), choice.limits()));
  return record_of(program, execution, cause, target);
}

template <typename Test>
TriageRecord minimal_record(Executor& executor, const Options& options,
                            const Minimized<Test>& result, const Input& input,
                            const std::string& target) {
  // Once more, with a trace.
  const Execution traced = hobnail::run(executor, result.test, true);
  TriageRecord record = record_with_cause(executor, options, result.test,
                                          traced.found() ? traced : result.execution, target);
  record.tried = 2;
  record.reproduced = traced.found() ? 2 : 1;
  record.minimize_runs = result.runs;
  record.files = {input.file};
  record.representative = input.file.path;
  record.program_file = options.out;
  return record;
}

std::string_view stopped_text(const TriageRecord& record) {
  return record.history.empty() ? "; stopped by --runs" : "; stopped by --seconds or --runs";
}

int print_result(const Options& options, bool exhausted, const TriageReport& report) {
  const TriageRecord& record = report.records[0];
  if (!options.out.empty()) write_file(options.out, record.program_text);
  if (!options.json.empty()) write_json_option(options.json, to_json(report));
  if (!options.quiet) {
    fmt::print("{}{}  {}\n", record.known_state == KnownState::Known ? "known  " : "",
               record.fingerprint, record.bucket);
    print_record(record);
    fmt::print("{} {} of {}, {} {}{}\n", record.size(), size_noun(record), record.ops_before,
               record.minimize_runs, record.list ? "lists" : "boots",
               exhausted ? stopped_text(record) : "");
  } else if (options.out.empty()) {
    fmt::print("{}", record.program_text);
  }
  return record.known_state == KnownState::Known ? kNothingFound : kFindings;
}

// The JSON is written all the same: a script reads `findings`, which are none.
int print_nothing(const Options& options, const std::string& target, std::string_view why) {
  TriageReport report;
  report.target = target;
  report.files = 1;
  if (!options.json.empty()) write_json_option(options.json, to_json(report));
  if (!options.quiet) fmt::print("{}: nothing to minimize\n", why);
  return kNothingFound;
}

std::vector<oracle::Program> boots_of(const std::vector<std::string>& arguments) {
  std::vector<oracle::Program> boots;
  for (ProgramFile& file : programs_of(arguments)) boots.push_back(std::move(file.program));
  return boots;
}

// A difference that two processes show without a history.
int print_random(const Options& options, const std::string& how) {
  if (!options.quiet) {
    fmt::print("{}: the target is not deterministic: {}: nothing to minimize\n",
               clean_text(options.file), how);
  }
  return kFindings;
}

int print_state(const Options& options, const StateMinimized& state) {
  const StateFinding& finding = *state.answer.finding;
  TriageReport report;
  report.target = state.record.target;
  report.files = 1;
  report.records = {state.record};
  report.executions = finding.boots;
  mark_known(report, options.known.read());
  const int code = print_result(options, finding.cut_short, report);
  if (!options.out.empty()) {
    const auto files = write_history(options.out, finding.history);
    if (!options.quiet) {
      fmt::print("{}", state_text(options.out, files, options.execution));
    }
  }
  return code;
}

// Of a finding that a boot shows only after others.
int minimize_after(const Options& options, const Input& input, std::vector<oracle::Program> history,
                   oracle::Program boot, const hobnail_target& target) {
  const std::size_t count = history.size();
  for (oracle::Program& program : history) program.contract = boot.contract;
  StateMinimized state =
      minimize_state({&options.execution, &target, std::move(history), std::move(boot),
                      options.seconds, options.runs, options.quiet});
  if (state.answer.verdict == StateVerdict::Random) return print_random(options, state.answer.how);
  if (state.answer.verdict == StateVerdict::None) {
    return print_nothing(options, target.name,
                         fmt::format("the same answers on {} after {} boot{} as in a new process",
                                     target.name, count, count == 1 ? "" : "s"));
  }
  state.record.files = {input.file};
  state.record.representative = input.file.path;
  state.record.program_file = options.out;
  return print_state(options, state);
}

int minimize_without_finding(const Options& options, const Input& /*input*/,
                             const oracle::HobListInput& /*list*/, const hobnail_target& target) {
  return print_nothing(options, target.name, fmt::format("no finding on {}", target.name));
}

// The boots beside the file may be what it needs.
int minimize_without_finding(const Options& options, const Input& input,
                             const oracle::Program& program, const hobnail_target& target) {
  if (!input.history.empty()) {
    return minimize_after(options, input, input.history, program, target);
  }
  return print_nothing(options, target.name,
                       fmt::format("no finding on {} in a new process (boots that must run before "
                                   "it: --after FILE)",
                                   target.name));
}

template <typename Test>
int minimize_one(Executor& executor, const Test& test, const Options& options, const Input& input,
                 const hobnail_target& loaded) {
  const std::string target = loaded.name;
  const Execution first = hobnail::run(executor, test);
  if (!first.outcome.skipped.empty()) {
    throw UsageError(input.file.path + ": was skipped: " + first.outcome.skipped);
  }
  if (first.found() &&
      !oracle::is_enabled(options.execution.run_options().rules, first.outcome.finding->rule)) {
    return print_nothing(
        options, target,
        fmt::format("{} on {}; this rule is disabled", first.outcome.finding->rule, target));
  }
  if (!first.found()) return minimize_without_finding(options, input, test, loaded);
  MinimizeOptions settings;
  settings.runs = options.runs;
  settings.seed = options.seed;
  ProgressLine progress(options.quiet);
  settings.progress = [&](std::size_t runs, std::size_t size) {
    progress.show(fmt::format("{} left, run {} of {}", size, runs, options.runs));
  };
  const auto result = minimize(executor, test, first, settings);
  progress.clear();
  TriageReport report;
  report.target = target;
  report.files = 1;
  report.records = {minimal_record(executor, options, result, input, target)};
  report.records[0].ops_before = size_of(TestCase(test));
  report.executions = executor.executions;
  report.ops = executor.ops;
  mark_known(report, options.known.read());
  return print_result(options, result.exhausted, report);
}

int run(const Options& options) {
  try_output(options.out, {options.file});
  try_output(options.json, {options.file});
  const auto bytes = options.lists ? BytesAre::Lists : BytesAre::Programs;
  const std::vector<Input> inputs = read_inputs({options.file}, bytes);
  if (inputs.size() != 1) {
    throw UsageError(options.file + ": is not one file; use `hobnail triage` for directories");
  }
  const Input& input = inputs[0];
  if (const auto* bad = std::get_if<Unreadable>(&input.content)) {
    throw UsageError(fmt::format("{}: {}", input.file.path, bad->words));
  }
  watch_for_interrupts();
  const hobnail_target& target = options.execution.load_in_child_first();
  if (const auto* const list = std::get_if<oracle::HobListInput>(&input.content)) {
    if (!options.after.empty()) throw UsageError("--after is for programs, not for HOB lists");
    ListExecutor executor(list_readers(), options.execution.limits());
    return minimize_one(executor, *list, options, input, target);
  }
  auto program = std::get<oracle::Program>(input.content);
  program.contract = contract_wanted(program, target, options.execution.run_options().policy);
  if (!options.after.empty()) {
    return minimize_after(options, input, boots_of(options.after), std::move(program), target);
  }
  BootExecutor executor(target, options.execution.run_options(), options.execution.limits());
  return minimize_one(executor, program, options, input, target);
}

}  // namespace

void add_minimize_command(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* const command =
      app.add_subcommand("minimize", "Find the shortest and simplest input with the same finding");
  command
      ->add_option("FILE", options->file,
                   "Program (.boot text or fuzzer bytes) or HOB list (.hobs text)")
      ->required();
  command->add_flag("--lists", options->lists, "The bytes are a HOB list");
  command
      ->add_option("--after", options->after,
                   "Boots that the process must run before FILE for the finding, which are "
                   "minimized too; repeatable (default: those of NAME.history-1.boot, ... beside "
                   "FILE, when FILE alone shows nothing)")
      ->type_name("FILE")
      ->allow_extra_args(false);
  options->execution.add_to(*command);
  options->known.add_to(*command, false);
  command->add_option("--out", options->out, "Output file for the program or list");
  command
      ->add_option("--runs", options->runs,
                   "Maximum number of boots or lists; with a history, of series of boots")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command
      ->add_option("--seconds", options->seconds,
                   "Time limit of the search for a shorter history, in seconds")
      ->check(seconds_from(0.001))
      ->capture_default_str();
  command->add_option("--seed", options->seed, "Seed of the order of deletions; 0: from the end")
      ->capture_default_str();
  add_json_option(*command, options->json, "the record");
  command->add_flag("--quiet", options->quiet,
                    "Print the program or list only; with --out, which takes it, nothing");
  command->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace hobnail
