// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// hobnail triage: sorts crash files into buckets, one record each.
#include <fmt/format.h>
#include <unistd.h>
#include <CLI/CLI.hpp>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

#include "fuzz/campaign/campaign_setting.h"
#include "fuzz/command/commands.h"
#include "fuzz/command/fuzz_targets.h"
#include "fuzz/command/hunt.h"
#include "fuzz/command/options/output_options.h"
#include "fuzz/command/options/usage_error.h"
#include "fuzz/command/triage_run.h"
#include "fuzz/inputs/program_file.h"

namespace hobnail {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::vector<std::string> paths;
  std::string campaign;  // the file of a fuzzing run
  std::string work;      // the directory of its corpus, which has the same file
  bool lists = false;
  TriageRun run;
};

// The options where they are given, else what `setting` says; for this process, and for the fuzz
// targets that it starts.
void apply(CampaignSetting setting, ExecutionOptions& execution) {
  if (!execution.target.empty()) setting.target = fs::absolute(execution.target).native();
  if (!execution.consumer.empty()) setting.consumer = fs::absolute(execution.consumer).native();
  if (!execution.standard.empty()) setting.standard = execution.standard;
  if (execution.boards.given()) setting.boards = execution.boards.text();
  if (execution.rules.given()) setting.rules = execution.rules.text();
  set_environment(setting);
  execution.target = setting.target.empty() ? "" : shown(setting.target);
  execution.consumer = setting.consumer.empty() ? "" : shown(setting.consumer);
}

// Triage runs on the target of the campaign, unless --target names another.
void apply_campaign(const nlohmann::json& report, const std::string& file, TriageRun& run) {
  const CampaignSetting of_campaign = setting_of(report);
  const std::string name =
      of_campaign.target.empty() ? "the built-in core" : shown(of_campaign.target);
  const std::string given = run.execution.target;
  const bool other = !given.empty() && fs::absolute(given).lexically_normal() !=
                                           fs::path(of_campaign.target).lexically_normal();
  if (!other && !of_campaign.target.empty() && access(of_campaign.target.c_str(), R_OK) != 0) {
    throw UsageError(
        fmt::format("{}: the target {} of the campaign cannot be read; name it with "
                    "--target",
                    file, name));
  }
  apply(of_campaign, run.execution);
  if (run.quiet) return;
  if (other) {
    fmt::print("target {}, by --target; the campaign ran on {}\n", given, name);
  } else {
    fmt::print("target {}, of the campaign\n", name);
  }
}

int triage_of_campaign(TriageRun run, const std::string& file) {
  try {
    nlohmann::json report = nlohmann::json::parse(value_of(read_file(file)));
    apply_campaign(report, file, run);
    return triage_campaign(run, report);
  } catch (const nlohmann::json::exception& error) {
    throw UsageError(file + ": is no report of hobnail fuzz: " + error.what());
  }
}

int triage_or_throw(const Options& options) {
  try_output(options.run.json, options.paths);
  try_output_directory(options.run.out);
  const int sources = static_cast<int>(!options.paths.empty()) +
                      static_cast<int>(!options.campaign.empty()) +
                      static_cast<int>(!options.work.empty());
  if (sources != 1) throw UsageError("specify PATH..., --campaign FILE or --work DIR (only one)");
  if (!options.campaign.empty()) return triage_of_campaign(options.run, options.campaign);
  if (!options.work.empty()) {
    return triage_of_campaign(options.run, campaign_file_of_work(options.work).native());
  }
  const BytesAre bytes = options.lists ? BytesAre::Lists : BytesAre::Programs;
  TriageRun run = options.run;
  apply(setting_of_environment(), run.execution);
  // Fuzz targets make the calls that the target asks for; --contract excludes some of them.
  const auto fuzz_targets =
      run.execution.contract ? std::vector<FuzzTarget>() : listed_fuzz_targets(own_folder());
  return triage_files(run, read_inputs(options.paths, bytes), fuzz_targets);
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
      ->add_option(
          "--campaign", options->campaign,
          "The fuzz.json of a run of `hobnail fuzz`, instead of PATH: all its findings, on "
          "its target and under its rules, whether the run ended or was killed")
      ->type_name("FILE");
  command
      ->add_option("--work", options->work,
                   "The --work directory of a run of `hobnail fuzz`, instead of --campaign")
      ->type_name("DIR");
  options->run.execution.add_to(*command);
  command->add_option("--out", options->run.out,
                      "Output directory for all reports: index.html, SARIF, JUnit and others");
  add_category_option(*command, options->run.category);
  add_json_option(*command, options->run.json, "the records");
  options->run.known.add_to(*command, true);
  command->add_option("--jobs", options->run.jobs, "Number of parallel processes")
      ->check(CLI::Range(1U, 256U))
      ->capture_default_str();
  command->add_option("--tries", options->run.tries, "Number of times that each file is run")
      ->check(CLI::Range(1U, 1000U))
      ->capture_default_str();
  command
      ->add_option("--runs", options->run.runs,
                   "Maximum number of boots or lists to minimize one finding")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command->add_flag("--no-minimize", options->run.no_minimize, "Do not minimize the programs");
  command->add_flag("--quiet", options->run.quiet, "Print new findings and skipped files only");
  command->callback([options, &exit_code] { exit_code = triage_or_throw(*options); });
}

}  // namespace hobnail
