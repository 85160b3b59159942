// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// hobnail triage: sorts crash files into buckets, one record each.
#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <ctime>
#include <filesystem>
#include <optional>
#include <string_view>
#include <thread>
#include <utility>
#include <variant>

#include "fuzz/campaign/campaign_file.h"
#include "fuzz/campaign/page.h"
#include "fuzz/command/commands.h"
#include "fuzz/command/options/output_options.h"
#include "fuzz/command/options/triage_options.h"
#include "fuzz/command/options/usage_error.h"
#include "fuzz/command/triage_pictures.h"
#include "fuzz/command/triage_text.h"
#include "fuzz/terminal/progress_line.h"
#include "fuzz/triage/known_issues.h"
#include "fuzz/triage/record/record_json.h"
#include "fuzz/triage/report/sentences.h"
#include "fuzz/triage/report/setting.h"
#include "fuzz/triage/report/write_reports.h"
#include "fuzz/triage/triage.h"

namespace hobnail {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::vector<std::string> paths;
  ExecutionOptions execution;
  std::string campaign;  // the file of a fuzzing run
  std::string out;
  std::string json;
  std::string known;
  unsigned jobs = std::max(std::thread::hardware_concurrency(), 1U);
  unsigned tries = 3;
  std::size_t runs = 2000;
  bool lists = false;
  bool accept = false;
  bool no_minimize = false;
  bool quiet = false;
};

std::string now() { return utc(static_cast<std::int64_t>(std::time(nullptr))); }

// The command in reports that runs a program again.
std::string replay_command(const ExecutionOptions& execution) {
  std::string command = "hobnail replay";
  if (!execution.target.empty()) command += " --target " + shell_word(execution.target);
  if (execution.contract) command += " --contract";
  if (execution.hostile) command += " --hostile";
  return command;
}

// Every form of every record. False, with a complaint, when one cannot be written.
bool write_out(TriageReport& report, const Options& options, const Campaign* campaign,
               const std::string& started) {
  if (options.out.empty()) return true;
  ReportSetting setting;
  setting.version = HOBNAIL_VERSION;
  setting.build = this_build();
  setting.started = started;
  std::error_code error;
  setting.root = fs::current_path(error).string();
  setting.replay = replay_command(options.execution);
  if (campaign != nullptr) tell_of_campaign(setting, campaign->report, report.records.size());
  const std::string complaint = write_reports(report, setting, options.out);
  if (!complaint.empty()) complain(complaint);
  return complaint.empty();
}

int verdict_of(const TriageReport& report, const Options& options) {
  bool unfit = false;
  for (const SkippedFile& other : report.skipped) {
    unfit = unfit || other.reason == SkipReason::NotReproducible;
  }
  for (const TriageRecord& record : report.records) {
    if (record.known_state != KnownState::Known && !options.accept) return kFindings;
  }
  return unfit ? kFindings : kNothingFound;
}

// When every file was unreadable there was nothing to triage.
bool nothing_played(const TriageReport& report) {
  if (!report.records.empty()) return false;
  for (const SkippedFile& other : report.skipped) {
    if (other.reason != SkipReason::Unreadable && other.reason != SkipReason::Skipped) {
      return false;
    }
  }
  return true;
}

TriageOptions settings_of(const Options& options, ProgressLine& progress) {
  TriageOptions settings;
  settings.limits = options.execution.limits();
  settings.jobs = options.jobs;
  settings.tries = options.tries;
  settings.minimize = !options.no_minimize;
  settings.runs = options.runs;
  settings.progress = [&progress](std::string_view what, std::size_t done, std::size_t all) {
    progress.show(fmt::format("{} {} of {}", what, done, all));
  };
  return settings;
}

std::variant<KnownIssues, KnownIssuesError> known_issues_of(const Options& options) {
  if (options.known.empty()) return KnownIssues{};
  return read_known_issues(options.known, options.accept);
}

// What is written and printed of it, and the exit code.
int tell(TriageReport report, const Options& options, const Campaign* campaign,
         KnownIssues known_issues, const std::string& started) {
  judge(report, known_issues);
  const bool written = write_out(report, options, campaign, started);
  if (campaign != nullptr && report.records.empty() && report.files == 0) {
    fmt::print("no findings\n");
  } else {
    print_report(report, options.quiet);
  }
  if (campaign != nullptr && campaign->left != 0) {
    fmt::print("{} failing inputs were not classified (limit of the campaign)\n", campaign->left);
  }
  if (!written) return kCannotWork;
  if (!options.out.empty())
    fmt::print("report: {}\n", (fs::path(options.out) / "index.html").native());
  if (!options.json.empty()) write_json_option(options.json, to_json(report));
  if (campaign == nullptr && nothing_played(report)) {
    throw UsageError("no input can be run: nothing was triaged");
  }
  if (options.accept) {
    accept(known_issues, report, now().substr(0, 10));
    if (!write_known_issues(options.known, known_issues)) {
      throw UsageError(options.known + ": cannot be written");
    }
  }
  return verdict_of(report, options);
}

int run(const Options& options) {
  const std::string started = now();
  if (options.accept && options.known.empty()) {
    throw UsageError("--accept requires --known FILE, which it updates");
  }
  if (options.paths.empty() == options.campaign.empty()) {
    throw UsageError("specify PATH... or --campaign FILE (not both)");
  }
  KnownIssues known_issues = value_of(known_issues_of(options));
  std::optional<Campaign> campaign;
  if (!options.campaign.empty()) campaign = value_of(read_campaign(options.campaign));
  const hobnail_target& target = options.execution.load_in_child_first();
  ProgressLine progress(options.quiet);
  TriageReport report = triage(
      target, options.execution.run_options(),
      campaign ? inputs_of(*campaign)
               : read_inputs(options.paths, options.lists ? BytesAre::Lists : BytesAre::Programs),
      settings_of(options, progress));
  if (!options.out.empty())
    add_pictures(report, target, options.execution.run_options(), options.execution.limits());
  progress.clear();
  if (campaign) add_told(report, *campaign);
  return tell(std::move(report), options, campaign ? &*campaign : nullptr, std::move(known_issues),
              started);
}

}  // namespace

void add_triage_command(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* const command = app.add_subcommand(
      "triage", "Sort crash files into buckets, with one minimal program and record each");
  command->add_option("PATH", options->paths,
                      "Crash files of any engine, .boot or .hobs text, or directories of them");
  command->add_flag("--lists", options->lists,
                    "The bytes are HOB lists: crash files of hob_list_fuzz");
  command
      ->add_option("--campaign", options->campaign,
                   "The fuzz.json of a run of `hobnail fuzz`, instead of PATH: all its findings")
      ->type_name("FILE");
  options->execution.add_to(*command);
  command->add_option("--out", options->out,
                      "Output directory for all reports: index.html, SARIF, JUnit and others");
  add_json_option(*command, options->json, "the records");
  command
      ->add_option("--known", options->known,
                   "File of known issues; only other findings cause exit code 1")
      ->type_name("FILE");
  command->add_flag("--accept", options->accept, "Add new findings to the file of known issues");
  command->add_option("--jobs", options->jobs, "Number of parallel processes")
      ->check(CLI::Range(1U, 256U))
      ->capture_default_str();
  command->add_option("--tries", options->tries, "Number of times that each file is run")
      ->check(CLI::Range(1U, 1000U))
      ->capture_default_str();
  command
      ->add_option("--runs", options->runs,
                   "Maximum number of boots or lists to minimize one finding")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command->add_flag("--no-minimize", options->no_minimize, "Do not minimize the programs");
  command->add_flag("--quiet", options->quiet, "Print new findings and skipped files only");
  command->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace hobnail
