// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// hobnail triage: sorts crash files into buckets, one record each.
#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "fuzz/command/commands.h"
#include "fuzz/command/options/output_options.h"
#include "fuzz/command/options/usage_error.h"
#include "fuzz/command/triage_run.h"
#include "fuzz/inputs/program_file.h"

namespace hobnail {
namespace {

struct Options {
  std::vector<std::string> paths;
  std::string campaign;  // the file of a fuzzing run
  bool lists = false;
  TriageRun run;
};

int triage_or_throw(const Options& options) {
  if (options.paths.empty() == options.campaign.empty()) {
    throw UsageError("specify PATH... or --campaign FILE (not both)");
  }
  if (options.campaign.empty()) {
    const BytesAre bytes = options.lists ? BytesAre::Lists : BytesAre::Programs;
    return triage_files(options.run, read_inputs(options.paths, bytes));
  }
  try {
    nlohmann::json report = nlohmann::json::parse(value_of(read_file(options.campaign)));
    return triage_campaign(options.run, report);
  } catch (const nlohmann::json::exception& error) {
    throw UsageError(options.campaign + ": is no report of hobnail fuzz: " + error.what());
  }
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
  options->run.execution.add_to(*command);
  command->add_option("--out", options->run.out,
                      "Output directory for all reports: index.html, SARIF, JUnit and others");
  add_json_option(*command, options->run.json, "the records");
  command
      ->add_option("--known", options->run.known,
                   "File of known issues; only other findings cause exit code 1")
      ->type_name("FILE");
  command->add_flag("--accept", options->run.accept,
                    "Add new findings to the file of known issues");
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
