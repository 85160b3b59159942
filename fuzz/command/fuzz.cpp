// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// hobnail fuzz: all fuzz targets in turn, each for its share of the time. Replays the regression
// corpus, fuzzes from the seeds, continues after failures, keeps the grown corpus for the next run
// (hunt.h), and ends with triage, which classifies the failures and writes the report.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <memory>
#include <thread>

#include "fuzz/command/commands.h"
#include "fuzz/command/fuzz_targets.h"
#include "fuzz/command/hunt.h"
#include "fuzz/command/options/known_options.h"
#include "fuzz/command/options/output_options.h"
#include "fuzz/command/options/target_options.h"
#include "fuzz/command/options/usage_error.h"
#include "fuzz/command/triage_run.h"
#include "fuzz/inputs/write_file.h"
#include "fuzz/process/interrupts.h"

namespace hobnail {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::vector<std::string> names;
  double seconds = 60;
  double triage_seconds = 0;
  FuzzPlan plan;
  BoardOptions boards;
  RuleOptions rules;
  std::string target, consumer, standard, bin, work, corpus = "corpus", out = "out", category, json;
  KnownOptions known;
  bool quiet = false;
  bool print_flags = false;
};

std::string core_under_test() {
  const char* const core = std::getenv("HOBNAIL_TARGET");
  return core == nullptr ? "" : core;
}

// Two runs in one folder would take each other's corpus away.
void lock(const fs::path& work) {
  const int file = open((work / "lock").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0644);
  if (file < 0) throw UsageError(shown(work) + ": cannot be written");
  if (flock(file, LOCK_EX | LOCK_NB) != 0) {
    throw UsageError(shown(work) + ": another run is using it; name another --work or --out");
  }  // held until the process ends
}

void write_report(const Options& options, const nlohmann::json& report) {
  write_campaign(report, options.out, options.plan.work);
  write_json_option(options.json, report);
}

TriageRun triage_of(const Options& options) {
  TriageRun run;
  run.execution.target = core_under_test();
  run.execution.boards = options.boards;
  run.execution.standard = options.standard;
  run.execution.rules = options.rules;
  run.out = (fs::path(options.out) / "report").native();
  run.category = options.category;
  run.known = options.known;
  run.jobs = static_cast<unsigned>(std::clamp(options.plan.jobs, 1, 256));
  run.seconds = options.triage_seconds;
  return run;
}

void check_executions(const FuzzTarget& target, const FuzzFigures& figures) {
  if (figures.executions != 0) return;
  if (!figures.out_of_time) throw UsageError(target.name + " executed no input");
  throw UsageError(
      fmt::format("{}: its {:.0f} s were over before its first execution; give more with --seconds",
                  target.name, figures.seconds));
}

// A target whose coverage has not grown has not been fuzzed: it has ended its process, or was built
// without instrumentation. In a short run the engine may not have come to the end of the seeds,
// before which it prints no coverage.
void check_coverage(const FuzzTarget& target, const FuzzFigures& figures) {
  if (figures.cov != 0 || figures.ft != 0) return;
  check_executions(target, figures);
  if (!figures.initialized && figures.executions != 0) {
    fmt::print("{}: the time was over before all seeds had run\n", target.name);
    return;
  }
  throw UsageError(
      fmt::format("{}: coverage is 0 edges after {} executions: the target ended its "
                  "process, or has no instrumentation; nothing was fuzzed",
                  target.name, figures.executions));
}

int finish(const Options& options, const FuzzRecord& record, bool failed) {
  nlohmann::json report = json_of(record);
  write_report(options, report);
  fmt::print("{}", summary_of(report));
  std::fflush(stdout);
  if (!failed) {
    if (record.targets.empty()) throw UsageError("nothing was run");
    for (const auto& [target, figures] : record.targets) check_executions(target, figures);
  }
  forget_interrupts();  // the next one ends triage
  const int code = triage_campaign(triage_of(options), report);
  write_report(options, report);
  if (code != kNothingFound) return code;
  if (record.interrupted) return kInterrupted;
  for (const auto& [target, figures] : record.targets) check_coverage(target, figures);
  return code;
}

// For the fuzz targets, for triage and for whoever reads the file of the run.
CampaignSetting set_environment(const Options& options) {
  CampaignSetting setting = setting_of_environment();
  if (!options.target.empty()) {
    if (access(options.target.c_str(), R_OK) != 0) {
      throw UsageError(options.target + ": there is no such target");
    }
    setting.target = fs::absolute(options.target).native();
  }
  if (!options.consumer.empty()) {
    setting.consumer = fs::absolute(options.consumer).native();
  }
  choose_consumer(setting.consumer);
  setting.standard = options.standard;
  if (options.boards.given()) setting.boards = options.boards.text();
  if (options.rules.given()) setting.rules = options.rules.text();
  (void)options.boards.set();  // an unknown name is an error here
  (void)options.rules.set({});
  set_environment(setting);
  return setting;
}

// A tenth of the time, and enough for a few findings of a short run.
double seconds_of_triage(double seconds) {
  constexpr double kSecondsMin = 30;
  return std::max(seconds / 10, kSecondsMin);
}

// The fuzz targets read a copy: --accept changes the file, and the inputs of this run have to mean
// what they meant.
void know(const KnownOptions& options, const fs::path& work, CampaignSetting& setting) {
  const oracle::KnownIssues issues = options.read();
  if (issues.lines.empty()) return;
  const fs::path copy = work / "known-issues.txt";
  write_file(copy, known_issues_text(issues));
  setting.known = copy.native();
  set_environment(setting);
}

int fuzz(Options options) {
  if (options.print_flags) {
    for (const std::string_view flag : pinned_flags()) fmt::print("{}\n", flag);
    return kNothingFound;
  }
  options.standard = standard_name(standard_named(options.standard, options.target));
  HuntPlan hunt_plan;
  hunt_plan.setting = set_environment(options);
  const fs::path bin =
      options.bin.empty() ? own_folder() : fs::absolute(options.bin).lexically_normal();
  FuzzPlan& plan = options.plan;
  plan.work = options.work.empty() ? bin.parent_path().parent_path() / "fuzz-corpus"
                                   : fs::absolute(options.work);
  plan.corpus = options.corpus;
  hunt_plan.fuzz = plan;
  hunt_plan.seconds = options.seconds;
  hunt_plan.out = options.out;
  hunt_plan.quiet = options.quiet;
  try_output(options.json, {});
  std::vector<FuzzTarget> targets =
      runnable(fuzz_targets_of(options.names, bin), !options.names.empty(), core_under_test());
  try_output_directory(plan.work.native());
  try_output_directory((fs::path(options.out) / "findings").native());
  lock(plan.work);
  lock(options.out);
  know(options.known, plan.work, hunt_plan.setting);
  watch_for_interrupts();
  std::signal(SIGPIPE, SIG_IGN);  // of an engine that has gone
  Hunt hunt(hunt_plan, bin);
  const FuzzRecord record = hunt.run(std::move(targets));
  return finish(options, record, hunt.failed());
}

void add_folders(CLI::App& command, Options& options) {
  command.add_option("--bin", options.bin,
                     "Directory of the fuzz targets that ../fuzz_targets.txt lists (default: this "
                     "program's)");
  command.add_option(
      "--work", options.work,
      "Directory of the grown corpus, kept for the next run (default: BIN/../../fuzz-corpus)");
  command.add_option("--out", options.out, "Output directory for findings/ and report/")
      ->capture_default_str();
  command.add_option("--corpus", options.corpus, "Directory of the seeds; read-only")
      ->capture_default_str();
}

}  // namespace

void add_fuzz_command(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  options->plan.jobs = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  CLI::App* const command = app.add_subcommand("fuzz", "Fuzz all targets in turn with libFuzzer");
  command->add_option("NAME", options->names, "Names of the fuzz targets to run (default: all)");
  CLI::Option* const seconds =
      command
          ->add_option("--seconds", options->seconds,
                       "Total fuzzing time in seconds, all targets together, regressions included; "
                       "tidying the corpus adds a tenth, and triage --triage-seconds, at most")
          ->check(seconds_from(1))
          ->capture_default_str();
  CLI::Option* const triage_seconds =
      command
          ->add_option("--triage-seconds", options->triage_seconds,
                       "Time limit of the triage at the end in seconds; 0: none (default: a tenth "
                       "of --seconds, at least 30). `hobnail triage --campaign` triages the rest")
          ->check(seconds_from(0));
  command->add_option("--jobs", options->plan.jobs, "Number of parallel processes")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
  add_target_option(*command, options->target);
  add_consumer_option(*command, options->consumer);
  options->boards.add_to(*command);
  options->rules.add_to(*command);
  add_standard_option(*command, options->standard);
  command->add_option("--seed", options->plan.seed, "libFuzzer seed (default: random per process)")
      ->check(CLI::Range(1U, 0xFFFFFFFFU));
  CLI::Option* const runs =
      command
          ->add_option(
              "--runs", options->plan.runs,
              "Number of executions of each target, in one process; repeatable with --seed "
              "and a new --work directory")
          ->check(CLI::PositiveNumber);
  add_folders(*command, *options);
  command
      ->add_option("--fork-from", options->plan.fork_from,
                   "Use libFuzzer's -fork mode for runs of at least this many seconds per target; "
                   "shorter runs use independent processes that share a corpus")
      ->check(seconds_from(0))
      ->capture_default_str();
  add_category_option(*command, options->category);
  add_json_option(*command, options->json, "figures of the run");
  options->known.add_to(*command, true);
  command->add_flag("--quiet", options->quiet, "Print no progress");
  command->add_flag("--stop-at-first", options->plan.stop_at_first, "Stop at the first finding");
  command->add_flag("--print-flags", options->print_flags,
                    "Print the flags for libFuzzer and exit");
  command->callback([options, seconds, triage_seconds, runs, &exit_code] {
    constexpr double kNoLimit = 1e7;
    if (runs->count() != 0 && seconds->count() == 0) options->seconds = kNoLimit;
    if (triage_seconds->count() == 0) options->triage_seconds = seconds_of_triage(options->seconds);
    exit_code = fuzz(*options);
  });
}

}  // namespace hobnail
