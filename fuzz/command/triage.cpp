// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// hobnail triage: crash files to bugs, one record each.
#include <fmt/format.h>

#include <ctime>
#include <filesystem>
#include <optional>
#include <thread>
#include <utility>
#include <variant>

#include "fuzz/campaign/campaign_file.h"
#include "fuzz/campaign/page.h"
#include "fuzz/command/commands.h"
#include "fuzz/command/options/target_options.h"
#include "fuzz/command/options/triage_options.h"
#include "fuzz/command/triage_pictures.h"
#include "fuzz/command/triage_text.h"
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

// How the reports say that a program is played again.
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

TriageOptions settings_of(const Options& options) {
  TriageOptions settings;
  settings.limits = options.execution.limits();
  settings.jobs = options.jobs;
  settings.tries = options.tries;
  settings.minimize = !options.no_minimize;
  settings.runs = options.runs;
  if (!options.quiet) settings.progress = print_progress;
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
    fmt::print("{} longer inputs that failed too were not looked at\n", campaign->left);
  }
  if (!written) return kCannotWork;
  if (!options.out.empty())
    fmt::print("report: {}\n", (fs::path(options.out) / "index.html").native());
  if (!options.json.empty() && !write_json(options.json, to_json(report))) {
    return complain(options.json + ": cannot be written");
  }
  if (campaign == nullptr && nothing_played(report)) {
    return complain("no input that can be played: nothing was triaged");
  }
  if (options.accept) {
    accept(known_issues, report, now().substr(0, 10));
    if (!write_known_issues(options.known, known_issues)) {
      return complain(options.known + ": cannot be written");
    }
  }
  return verdict_of(report, options);
}

int run(const Options& options) {
  const std::string started = now();
  if (options.accept && options.known.empty()) {
    return complain("--accept needs --known FILE, the ledger that it writes");
  }
  if (options.paths.empty() == options.campaign.empty()) {
    return complain("triage wants PATHs, or --campaign FILE with those of a fuzzing run");
  }
  auto known_issues = known_issues_of(options);
  if (const auto* error = std::get_if<KnownIssuesError>(&known_issues))
    return complain(error->message);
  std::optional<Campaign> campaign;
  if (!options.campaign.empty()) {
    auto read = read_campaign(options.campaign);
    if (const auto* error = std::get_if<FileError>(&read)) return complain(error->message);
    campaign = std::get<Campaign>(std::move(read));
  }
  const auto loaded = options.execution.load_if_it_loads();
  if (const auto* error = std::get_if<oracle::TargetError>(&loaded)) {
    return complain(error->message);
  }
  const hobnail_target& target = *std::get<const hobnail_target*>(loaded);
  TriageReport report = triage(
      target, options.execution.run_options(),
      campaign ? inputs_of(*campaign)
               : read_inputs(options.paths, options.lists ? BytesAre::Lists : BytesAre::Programs),
      settings_of(options));
  if (!options.out.empty())
    add_pictures(report, target, options.execution.run_options(), options.execution.limits());
  end_progress();
  if (campaign) add_told(report, *campaign);
  return tell(std::move(report), options, campaign ? &*campaign : nullptr,
              std::get<KnownIssues>(std::move(known_issues)), started);
}

}  // namespace

void add_triage_command(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* const command =
      app.add_subcommand("triage", "sort crash files by bug: one minimal program and record each");
  command->add_option("PATH", options->paths,
                      "crash files of any engine, .boot or .hobs text, or directories of them");
  command->add_flag("--lists", options->lists, "bytes are HOB lists: crash files of hob_list_fuzz");
  command->add_option("--campaign", options->campaign,
                      "instead: the fuzz.json of `hobnail fuzz`, all that its run has found");
  options->execution.add_to(*command);
  command->add_option("--out", options->out,
                      "write every report into this directory: index.html, SARIF, JUnit, and more");
  command->add_option("--json", options->json, "write the records to this file");
  command->add_option("--known", options->known, "the ledger: buckets that are known do not fail");
  command->add_flag("--accept", options->accept, "write what is new into the ledger");
  command->add_option("--jobs", options->jobs, "processes that play at once")
      ->check(CLI::Range(1U, 256U))
      ->capture_default_str();
  command->add_option("--tries", options->tries, "how often each file is played")
      ->check(CLI::Range(1U, 1000U))
      ->capture_default_str();
  command->add_option("--runs", options->runs, "boots or lists that minimizing one bug may take")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command->add_flag("--no-minimize", options->no_minimize, "take one file of each as it is");
  command->add_flag("--quiet", options->quiet, "print what is new or not understood only");
  command->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace hobnail
