// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// hobnail fuzz: all fuzz targets in turn, each for its share of the time. Replays the regression
// corpus, fuzzes from the seeds, continues after failures, keeps the grown corpus for the next run,
// and ends with triage, which classifies the failures and writes the report.
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
#include <stdexcept>
#include <thread>

#include "fuzz/campaign/run_summary.h"
#include "fuzz/campaign/stability.h"
#include "fuzz/command/commands.h"
#include "fuzz/command/options/output_options.h"
#include "fuzz/command/options/target_options.h"
#include "fuzz/command/options/usage_error.h"
#include "fuzz/command/triage_run.h"
#include "fuzz/inputs/write_file.h"
#include "properties/oracle/boot/target.h"
#include "properties/oracle/program/text/codec_text.h"

namespace hobnail {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::vector<std::string> names;
  double seconds = 60;
  FuzzPlan plan;
  BoardOptions boards;
  std::string target, standard, bin, work, corpus = "corpus", out = "out", json, known;
  bool quiet = false;
  bool print_flags = false;
};

// The fuzz targets of the build, or those of them that were asked for.
std::vector<FuzzTarget> targets_of(const Options& options, const fs::path& bin) {
  const fs::path list = bin.parent_path() / "fuzz_targets.txt";
  const auto read = read_file(list);
  if (const auto* error = std::get_if<FileError>(&read)) {
    throw UsageError(error->message + "; build the preset fuzz first, or name --bin");
  }
  std::vector<FuzzTarget> all;
  std::string name;
  for (const char c : std::get<std::string>(read)) {
    if (std::isspace(static_cast<unsigned char>(c)) == 0) {
      name += c;
    } else if (!name.empty()) {
      all.push_back({name, bin / name});
      name.clear();
    }
  }
  if (!name.empty()) all.push_back({name, bin / name});
  if (all.empty()) throw UsageError(shown(list) + ": contains no fuzz target");
  if (options.names.empty()) return all;
  std::vector<FuzzTarget> chosen;
  for (const std::string& wanted : options.names) {
    const auto at = std::find_if(all.begin(), all.end(),
                                 [&](const FuzzTarget& one) { return one.name == wanted; });
    if (at == all.end()) {
      throw UsageError(
          fmt::format("fuzz target '{}' is unknown; {} lists them", wanted, shown(list)));
    }
    chosen.push_back(*at);
  }
  return chosen;
}

std::string core_under_test() {
  const char* const core = std::getenv("HOBNAIL_TARGET");
  return core == nullptr ? "" : core;
}

// Those that have something to run. One that is named on the command line must.
std::vector<FuzzTarget> runnable(const Options& options, std::vector<FuzzTarget> targets) {
  const auto leave_out = [&](const std::string& name, const std::string& why) {
    if (!options.names.empty()) throw UsageError(name + ": " + why);
    fmt::print("{} is left out: {}\n", name, why);
  };
  std::vector<FuzzTarget> kept;
  for (FuzzTarget& target : targets) {
    if (options.names.empty() && target.name == "hob_list_fuzz" && !core_under_test().empty()) {
      leave_out(target.name, "it runs no service of the target");
      continue;
    }
    const EngineCheck check = check_engine(target.binary, engine_environment(false));
    if (check.left_out) {
      leave_out(target.name, check.objection);
      continue;
    }
    if (!check.objection.empty()) throw UsageError(check.objection);
    kept.push_back(std::move(target));
  }
  return kept;
}

// Two runs in one folder would take each other's corpus away.
void lock(const fs::path& work) {
  const int file = open((work / "lock").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0644);
  if (file < 0) throw UsageError(shown(work) + ": cannot be written");
  if (flock(file, LOCK_EX | LOCK_NB) != 0) {
    throw UsageError(shown(work) + ": another run is using it; name another --work");
  }  // held until the process ends
}

// New inputs of the corpus must have the same outcome each time. They run in this program, which
// shows nothing of fuzz targets of another build.
void check_new_inputs(const FuzzCampaign& campaign, const fs::path& out, FuzzRecord& record,
                      ProgressLine& progress) {
  const auto loaded = oracle::load_target_from_environment();
  const auto* const target = std::get_if<const hobnail_target*>(&loaded);
  if (target == nullptr || !campaign.target().boots) return;
  std::vector<ProgramFile> programs;
  for (const fs::path& file : campaign.new_inputs()) {
    auto read = read_program(file);
    if (auto* program = std::get_if<ProgramFile>(&read)) programs.push_back(std::move(*program));
  }
  constexpr double kSecondsOfABoot = 20;
  const Stability result = check_stability(
      programs, **target, standard_named("", ""), kSecondsOfABoot, [&](std::size_t i) {
        progress.show(fmt::format("{}: {} of {} new inputs run again", campaign.target().name,
                                  i + 1, programs.size()));
      });
  progress.clear();
  record.stability_played += result.played;
  record.stability_stable += result.played - result.unstable.size();
  for (const Unstable& one : result.unstable) {
    const ProgramFile& program = programs[one.index];
    const fs::path file =
        out / "findings" / ("UNSTABLE-" + program.path.filename().native().substr(0, 8) + ".boot");
    write_file(file, oracle::print_text(program.program));
    record.unstable.emplace_back(file, one.how);
  }
}

// A first, short turn of each target, before its share: easy findings appear early, whichever
// target finds them. Short shares are not worth a second start.
double first_look(const FuzzPlan& plan, double share) {
  constexpr double kShareMin = 5, kPart = 0.2, kSecondsMax = 10;
  return plan.runs != 0 || share < kShareMin ? 0 : std::min(share * kPart, kSecondsMax);
}

FuzzRecord play_all(const Options& options, std::vector<FuzzTarget> targets, const fs::path& bin,
                    Failures& failures) {
  ProgressLine progress(options.quiet);
  FuzzRecord record;
  const double share = options.seconds / static_cast<double>(targets.size());
  std::error_code error;
  const bool ours = fs::equivalent(bin, own_folder(), error);
  std::vector<std::unique_ptr<FuzzCampaign>> campaigns;
  for (FuzzTarget& target : targets) {
    target.ours = ours;
    campaigns.push_back(
        std::make_unique<FuzzCampaign>(options.plan, std::move(target), failures, progress));
    campaigns.back()->prepare();
    campaigns.back()->replay_regressions();
  }
  const double look = first_look(options.plan, share);
  for (const auto& campaign : campaigns) {
    if (look > 0 && !campaign->enough()) campaign->play(look);
  }
  for (const auto& campaign : campaigns) {
    if (!campaign->enough()) campaign->play(share - look);
    if (!campaign->enough()) {
      campaign->tidy();
      if (ours) check_new_inputs(*campaign, options.out, record, progress);
    }
    if (campaign->figures().seconds > 0 || !campaign->figures().failed.empty()) {
      record.targets.emplace_back(campaign->target(), campaign->figures());
    }
  }
  return record;
}

void write_report(const Options& options, const nlohmann::json& report) {
  const fs::path file = fs::path(options.out) / "report/fuzz.json";
  fs::create_directories(file.parent_path());
  write_json_file(file, report);
  write_json_option(options.json, report);
}

TriageRun triage_of(const Options& options) {
  TriageRun run;
  run.execution.target = core_under_test();
  run.execution.boards = options.boards;
  run.execution.standard = options.standard;
  run.out = (fs::path(options.out) / "report").native();
  run.known = options.known;
  run.jobs = static_cast<unsigned>(std::clamp(options.plan.jobs, 1, 256));
  return run;
}

int finish(const Options& options, FuzzRecord record, bool failed) {
  record.seed = options.plan.seed;
  record.jobs = options.plan.runs != 0 ? 1 : options.plan.jobs;
  record.interrupted = interrupted();
  record.core = core_under_test().empty() ? "" : shown(core_under_test());
  nlohmann::json report = json_of(record);
  write_report(options, report);
  fmt::print("{}", summary_of(report));
  std::fflush(stdout);
  if (!failed) {
    if (record.targets.empty()) throw UsageError("nothing was run");
    for (const auto& [target, figures] : record.targets) {
      if (figures.executions == 0) throw UsageError(target.name + " executed no input");
    }
  }
  // Ctrl-C ends triage and its children at once.
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) std::signal(number, SIG_DFL);
  const int code = triage_campaign(triage_of(options), report);
  write_report(options, report);
  return code;
}

int fuzz(Options options) {
  if (options.print_flags) {
    for (const std::string_view flag : pinned_flags()) fmt::print("{}\n", flag);
    return kNothingFound;
  }
  if (!options.target.empty()) {
    if (access(options.target.c_str(), R_OK) != 0) {
      throw UsageError(options.target + ": there is no such target");
    }
    setenv("HOBNAIL_TARGET", fs::absolute(options.target).c_str(), 1);
  }
  options.standard = standard_name(standard_named(options.standard, options.target));
  setenv("HOBNAIL_STANDARD", options.standard.c_str(), 1);
  const fs::path bin =
      options.bin.empty() ? own_folder() : fs::absolute(options.bin).lexically_normal();
  if (options.boards.given()) {
    (void)options.boards.set();  // an unknown name is an error here
    setenv("HOBNAIL_BOARDS", options.boards.text().c_str(), 1);
  }
  const std::vector<FuzzTarget> targets = runnable(options, targets_of(options, bin));
  FuzzPlan& plan = options.plan;
  plan.work = options.work.empty() ? bin.parent_path().parent_path() / "fuzz-corpus"
                                   : fs::absolute(options.work);
  plan.corpus = options.corpus;
  fs::create_directories(plan.work);
  fs::create_directories(fs::path(options.out) / "findings");
  lock(plan.work);
  watch_for_interrupts();
  Failures failures;
  FuzzRecord record = play_all(options, targets, bin, failures);
  return finish(options, std::move(record), failures.any());
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
                       "Total fuzzing time in seconds, all targets together")
          ->check(CLI::Range(1.0, 1e7))
          ->capture_default_str();
  command->add_option("--jobs", options->plan.jobs, "Number of parallel processes")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
  add_target_option(*command, options->target);
  options->boards.add_to(*command);
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
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  add_json_option(*command, options->json, "figures of the run");
  command
      ->add_option("--known", options->known,
                   "File of known issues (`hobnail triage`); only other findings cause exit code 1")
      ->type_name("FILE");
  command->add_flag("--quiet", options->quiet, "Print no progress");
  command->add_flag("--stop-at-first", options->plan.stop_at_first, "Stop at the first finding");
  command->add_flag("--print-flags", options->print_flags,
                    "Print the flags for libFuzzer and exit");
  command->callback([options, seconds, runs, &exit_code] {
    constexpr double kNoLimit = 1e7;
    if (runs->count() != 0 && seconds->count() == 0) options->seconds = kNoLimit;
    exit_code = fuzz(*options);
  });
}

}  // namespace hobnail
