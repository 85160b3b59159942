// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// hobnail triage: crash files to bugs, one record each.
#include <fmt/format.h>

#include <ctime>
#include <filesystem>
#include <thread>

#include "fuzz/hobnail/commands.h"
#include "fuzz/hobnail/target_options.h"
#include "fuzz/hobnail/triage_options.h"
#include "fuzz/hobnail/triage_text.h"
#include "fuzz/triage/ledger.h"
#include "fuzz/triage/record_json.h"
#include "fuzz/triage/record_words.h"
#include "fuzz/triage/report_setting.h"
#include "fuzz/triage/symbols.h"
#include "fuzz/triage/triage.h"
#include "fuzz/triage/write_reports.h"

namespace hobnail {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::vector<std::string> paths;
  TrialOptions trial;
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
bool write_out(TriageReport& report, const Options& options, const std::string& started) {
  if (options.out.empty()) return true;
  ReportSetting setting;
  setting.version = HOBNAIL_VERSION;
  setting.build = this_build();
  setting.started = started;
  std::error_code error;
  setting.root = fs::current_path(error).string();
  setting.replay = replay_command(options.trial);
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

int run(const Options& options) {
  const std::string started = now();
  let_reports_be_quick();
  if (options.accept && options.known.empty()) {
    return complain("--accept needs --known FILE, the ledger that it writes");
  }
  Ledger ledger;
  if (!options.known.empty()) {
    auto read = read_ledger(options.known, options.accept);
    if (const auto* error = std::get_if<LedgerError>(&read)) return complain(error->message);
    ledger = std::get<Ledger>(std::move(read));
  }
  const auto loaded = options.trial.load_if_it_loads();
  if (const auto* error = std::get_if<pei::oracle::TargetError>(&loaded)) {
    return complain(error->message);
  }
  TriageReport report =
      triage(*std::get<const hobnail_target*>(loaded), options.trial.run_options(),
             read_inputs(options.paths, options.lists ? BytesAre::Lists : BytesAre::Programs),
             settings_of(options));
  end_progress();
  judge(report, ledger);
  const bool written = write_out(report, options, started);
  print_report(report, options.quiet);
  if (!written) return kCannotWork;
  if (!options.json.empty() && !write_json(options.json, to_json(report))) {
    return complain(options.json + ": cannot be written");
  }
  if (nothing_played(report)) return complain("no input that can be played: nothing was triaged");
  if (options.accept) {
    accept(ledger, report, now().substr(0, 10));
    if (!write_ledger(options.known, ledger)) {
      return complain(options.known + ": cannot be written");
    }
  }
  return verdict_of(report, options);
}

}  // namespace

void add_triage_command(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* const command =
      app.add_subcommand("triage", "sort crash files by bug: one minimal program and record each");
  command
      ->add_option("PATH", options->paths,
                   "crash files of any engine, .boot or .hobs text, or directories of them")
      ->required();
  command->add_flag("--lists", options->lists, "bytes are HOB lists: crash files of hob_list_fuzz");
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
