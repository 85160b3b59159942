// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Triage, its reports, the known issues, and the exit code.
#include "fuzz/command/triage_run.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <ctime>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <utility>
#include <variant>

#include "fuzz/campaign/campaign_inputs.h"
#include "fuzz/campaign/page.h"
#include "fuzz/command/commands.h"
#include "fuzz/command/options/output_options.h"
#include "fuzz/command/options/usage_error.h"
#include "fuzz/command/triage_pictures.h"
#include "fuzz/command/triage_text.h"
#include "fuzz/process/interrupts.h"
#include "fuzz/terminal/progress_line.h"
#include "fuzz/triage/known_issues.h"
#include "fuzz/triage/record/record_json.h"
#include "fuzz/triage/report/sentences.h"
#include "fuzz/triage/report/setting.h"
#include "fuzz/triage/report/write_reports.h"
#include "fuzz/triage/steered_inputs.h"
#include "fuzz/triage/triage.h"
#include "properties/oracle/boot/standard_choice.h"

namespace hobnail {
namespace {

namespace fs = std::filesystem;

// What a run has to triage; `report` and `campaign` are of a fuzzing run, or null.
struct Task {
  std::vector<Input> inputs;
  std::vector<ExternalTarget> externals;
  nlohmann::json* report = nullptr;
  const CampaignInputs* campaign = nullptr;
};

std::string now() { return utc(static_cast<std::int64_t>(std::time(nullptr))); }

// The command in reports that runs a program again.
std::string replay_command(const ExecutionOptions& execution) {
  std::string command = "hobnail replay";
  if (!execution.target.empty()) command += " --target " + shell_word(execution.target);
  if (!execution.consumer.empty()) command += " --consumer " + shell_word(execution.consumer);
  const oracle::Standard standard = standard_named(execution.standard, execution.target);
  if (standard != oracle::default_standard(execution.target)) {
    command += fmt::format(" --standard {}", standard_name(standard));
  }
  if (execution.contract) command += " --contract";
  if (execution.hostile) command += " --hostile";
  return command + rule_options_text(setting_of_environment().rules);
}

// Every form of every record. False, with a complaint, when one cannot be written.
bool write_out(TriageReport& report, const TriageRun& options, const Task& task,
               const std::string& started) {
  if (task.report != nullptr) add_findings(*task.report, report, *task.campaign);
  if (options.out.empty()) return true;
  ReportSetting setting;
  setting.version = HOBNAIL_VERSION;
  setting.build = this_build();
  setting.started = started;
  std::error_code error;
  setting.root = fs::current_path(error).string();
  setting.replay = replay_command(options.execution);
  setting.category = options.category;
  if (task.report != nullptr) describe_campaign(setting, *task.report, report);
  const std::string complaint = write_reports(report, setting, options.out);
  if (!complaint.empty()) complain(complaint);
  // Now with the files of the programs.
  if (task.report != nullptr) add_findings(*task.report, report, *task.campaign);
  return complaint.empty();
}

int verdict_of(const TriageReport& report, const TriageRun& options) {
  bool unfit = false;
  for (const SkippedFile& other : report.skipped) {
    unfit = unfit || other.reason == SkipReason::NotReproducible || other.unknown;
  }
  for (const TriageRecord& record : report.records) {
    if (record.known_state != KnownState::Known && !options.known.accept) return kFindings;
  }
  return unfit ? kFindings : kNothingFound;
}

std::ptrdiff_t not_classified(const TriageReport& report) {
  return std::count_if(report.skipped.begin(), report.skipped.end(), [](const SkippedFile& file) {
    return file.reason == SkipReason::NotClassified;
  });
}

// When every file was unreadable there was nothing to triage.
bool nothing_ran(const TriageReport& report) {
  if (!report.records.empty()) return false;
  for (const SkippedFile& other : report.skipped) {
    if (other.reason != SkipReason::Unreadable && other.reason != SkipReason::Skipped) {
      return false;
    }
  }
  return true;
}

TriageOptions settings_of(const TriageRun& options, ProgressLine& progress) {
  TriageOptions settings;
  settings.limits = options.execution.limits();
  settings.jobs = options.jobs;
  settings.tries = options.tries;
  settings.minimize = !options.no_minimize;
  settings.runs = options.runs;
  settings.seconds = options.seconds;
  settings.progress = [&progress](std::string_view what, std::size_t done, std::size_t all) {
    progress.show(fmt::format("{} {} of {}", what, done, all));
  };
  return settings;
}

// What is written and printed of it, and the exit code.
int finish(TriageReport report, const TriageRun& options, const Task& task,
           KnownIssues known_issues, const std::string& started) {
  mark_known(report, known_issues);
  const bool written = write_out(report, options, task, started);
  const bool fuzzing = task.campaign != nullptr;
  if (fuzzing && report.records.empty() && report.skipped.empty()) {
    fmt::print("no findings\n");
  } else {
    print_report(report, options.quiet);
  }
  if (fuzzing && task.campaign->left != 0) {
    fmt::print("{} failing inputs were not classified (limit of the campaign)\n",
               task.campaign->left);
  }
  if (const auto late = not_classified(report); late != 0) {
    fmt::print("{} failing inputs were not classified (time limit); run `{}` for the rest\n", late,
               options.rest);
  } else if (fuzzing) {
    mark_triaged(*task.report);
  }
  if (!written) return kCannotWork;
  if (!options.out.empty())
    fmt::print("report: {}\n", (fs::path(options.out) / "index.html").native());
  if (!options.json.empty()) write_json_option(options.json, to_json(report));
  if (!fuzzing && nothing_ran(report)) {
    throw UsageError("no input can be run: nothing was triaged");
  }
  if (options.known.accept) {
    accept_into(options.known.known, std::move(known_issues), report);
  }
  return verdict_of(report, options);
}

void add_unstable(TriageReport& report, const CampaignInputs& campaign) {
  report.files += campaign.unstable.size();
  report.skipped.insert(report.skipped.end(), campaign.unstable.begin(), campaign.unstable.end());
  std::sort(report.skipped.begin(), report.skipped.end(),
            [](const SkippedFile& a, const SkippedFile& b) { return a.file.path < b.file.path; });
}

// Under HOBNAIL_KNOWN, as the fuzz targets were.
void become_as_run(std::vector<Input>& inputs, const hobnail_target& target,
                   const oracle::RunOptions& run, const Limits& limits) {
  const std::string known = setting_of_environment().known;
  if (known.empty()) return;
  become_as_they_ran(inputs, target, run, limits,
                     value_of(oracle::read_known_issues(known, false)));
}

// A program says which calls were made when it was found: it is written so, and replays so.
void note_contract(std::vector<Input>& inputs, const hobnail_target& target,
                   const oracle::RunOptions& run) {
  for (Input& input : inputs) {
    auto* const program = std::get_if<oracle::Program>(&input.content);
    if (program != nullptr) program->contract = contract_wanted(*program, target, run.policy);
  }
}

int perform(const TriageRun& options, const Task& task) {
  const std::string started = now();
  watch_for_interrupts();
  KnownIssues known_issues = options.known.read();
  const hobnail_target& target = options.execution.load_in_child_first();
  const bool lists = std::any_of(task.inputs.begin(), task.inputs.end(), [](const Input& input) {
    return std::holds_alternative<oracle::HobListInput>(input.content);
  });
  if (lists) (void)list_readers();  // one that cannot read lists is an error before any
  ProgressLine progress(options.quiet);
  const oracle::RunOptions run = options.execution.run_options();
  TriageOptions settings = settings_of(options, progress);
  settings.externals = task.externals;
  std::vector<Input> inputs = task.inputs;
  become_as_run(inputs, target, run, settings.limits);
  note_contract(inputs, target, run);
  TriageReport report = triage(target, run, inputs, settings);
  if (!options.out.empty())
    add_pictures(report, target, run, options.execution.limits(), options.seconds / 10);
  progress.clear();
  if (task.campaign != nullptr) add_unstable(report, *task.campaign);
  return finish(std::move(report), options, task, std::move(known_issues), started);
}

}  // namespace

void add_category_option(CLI::App& command, std::string& category) {
  command.add_option("--category", category,
                     "Category of the SARIF file in code scanning (default: hobnail/TARGET)");
}

int triage_files(const TriageRun& run, std::vector<Input> inputs,
                 const std::vector<FuzzTarget>& fuzz_targets) {
  std::vector<ExternalTarget> externals = externals_of(fuzz_targets, setting_of_environment());
  for (Input& input : inputs) {
    if (input.bytes) input.fuzzer = fuzzer_of(input.file.path, externals);
  }
  return perform(run, {std::move(inputs), std::move(externals), nullptr, nullptr});
}

int triage_campaign(const TriageRun& run, nlohmann::json& report) {
  CampaignInputs campaign = campaign_inputs(report, setting_of_environment());
  std::vector<Input> inputs = std::move(campaign.inputs);
  campaign.inputs = inputs;
  return perform(run, {std::move(inputs), campaign.externals, &report, &campaign});
}

}  // namespace hobnail
