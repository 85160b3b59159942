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
#include "fuzz/crash/symbolizer.h"
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
  TrialOptions trial;
  std::string campaign;  // the file of a fuzzing run
  std::string out;
  std::string json;
  std::string known;
  unsigned jobs = std::max(std::thread::hardware_concurrency(), 1U);
  unsigned tries = 3;
  std::size_t runs = 2000;
  bool lists = false;
  bool accept = false;
  bool no_minimise = false;
  bool quiet = false;
};

std::string now() { return utc(static_cast<std::int64_t>(std::time(nullptr))); }

// How the reports say that a program is played again.
std::string replay_command(const TrialOptions& trial) {
  std::string command = "hobnail replay";
  if (!trial.target.empty()) command += " --target " + shell_word(trial.target);
  if (trial.contract) command += " --contract";
  if (trial.hostile) command += " --hostile";
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
  setting.replay = replay_command(options.trial);
  if (campaign != nullptr) tell_of_campaign(setting, campaign->report, report.records.size());
  const std::string complaint = write_reports(report, setting, options.out);
  if (!complaint.empty()) complain(complaint);
  return complaint.empty();
}

int verdict_of(const TriageReport& report, const Options& options) {
  bool unfit = false;
  for (const UnfitFile& other : report.others) {
    unfit = unfit || other.reason == UnfitReason::NotReproducible;
  }
  for (const TriageRecord& record : report.records) {
    if (record.ledger != LedgerState::Known && !options.accept) return kFindings;
  }
  return unfit ? kFindings : kNothingFound;
}

// When every file was unreadable there was nothing to triage.
bool nothing_played(const TriageReport& report) {
  if (!report.records.empty()) return false;
  for (const UnfitFile& other : report.others) {
    if (other.reason != UnfitReason::Unreadable && other.reason != UnfitReason::Skipped) {
      return false;
    }
  }
  return true;
}

TriageOptions settings_of(const Options& options) {
  TriageOptions settings;
  settings.limits = options.trial.limits();
  settings.jobs = options.jobs;
  settings.tries = options.tries;
  settings.minimise = !options.no_minimise;
  settings.runs = options.runs;
  if (!options.quiet) settings.progress = print_progress;
  return settings;
}

std::variant<Ledger, LedgerError> ledger_of(const Options& options) {
  if (options.known.empty()) return Ledger{};
  return read_ledger(options.known, options.accept);
}

// What is written and printed of it, and the exit code.
int tell(TriageReport report, const Options& options, const Campaign* campaign, Ledger ledger,
         const std::string& started) {
  judge(report, ledger);
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
    accept(ledger, report, now().substr(0, 10));
    if (!write_ledger(options.known, ledger)) {
      return complain(options.known + ": cannot be written");
    }
  }
  return verdict_of(report, options);
}

int run(const Options& options) {
  const std::string started = now();
  let_reports_be_quick();
  if (options.accept && options.known.empty()) {
    return complain("--accept needs --known FILE, the ledger that it writes");
  }
  if (options.paths.empty() == options.campaign.empty()) {
    return complain("triage wants PATHs, or --campaign FILE with those of a fuzzing run");
  }
  auto ledger = ledger_of(options);
  if (const auto* error = std::get_if<LedgerError>(&ledger)) return complain(error->message);
  std::optional<Campaign> campaign;
  if (!options.campaign.empty()) {
    auto read = read_campaign(options.campaign);
    if (const auto* error = std::get_if<FileError>(&read)) return complain(error->message);
    campaign = std::get<Campaign>(std::move(read));
  }
  const auto loaded = options.trial.load_if_it_loads();
  if (const auto* error = std::get_if<pei::oracle::TargetError>(&loaded)) {
    return complain(error->message);
  }
  const hobnail_target& target = *std::get<const hobnail_target*>(loaded);
  TriageReport report = triage(
      target, options.trial.run_options(),
      campaign ? inputs_of(*campaign)
               : read_inputs(options.paths, options.lists ? BytesAre::Lists : BytesAre::Programs),
      settings_of(options));
  if (!options.out.empty())
    add_pictures(report, target, options.trial.run_options(), options.trial.limits());
  end_progress();
  if (campaign) add_told(report, *campaign);
  return tell(std::move(report), options, campaign ? &*campaign : nullptr,
              std::get<Ledger>(std::move(ledger)), started);
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
  options->trial.add_to(*command);
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
  command->add_option("--runs", options->runs, "boots or lists that minimising one bug may take")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command->add_flag("--no-minimize", options->no_minimise, "take one file of each as it is");
  command->add_flag("--quiet", options->quiet, "print what is new or not understood only");
  command->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace hobnail
