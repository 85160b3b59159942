// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// hobnail triage: crash files to bugs, one record each.
#include <nlohmann/json.hpp>

#include <memory>
#include <variant>

#include "fuzz/command/commands.h"
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

int triage_or_complain(const Options& options) {
  if (options.paths.empty() == options.campaign.empty()) {
    return complain("triage needs PATHs, or --campaign FILE with those of a fuzzing run");
  }
  if (options.campaign.empty()) {
    const BytesAre bytes = options.lists ? BytesAre::Lists : BytesAre::Programs;
    return triage_files(options.run, read_inputs(options.paths, bytes));
  }
  const auto read = read_file(options.campaign);
  if (const auto* const error = std::get_if<FileError>(&read)) return complain(error->message);
  try {
    nlohmann::json report = nlohmann::json::parse(std::get<std::string>(read));
    return triage_campaign(options.run, report);
  } catch (const nlohmann::json::exception& error) {
    return complain(options.campaign + ": no report of hobnail fuzz: " + error.what());
  }
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
                      "instead of PATHs: the fuzz.json of a run of `hobnail fuzz`");
  options->run.execution.add_to(*command);
  command->add_option("--out", options->run.out,
                      "write every report into this directory: index.html, SARIF, JUnit, and more");
  command->add_option("--json", options->run.json, "write the records to this file");
  command->add_option("--known", options->run.known,
                      "file of known issues, which do not cause exit code 1");
  command->add_flag("--accept", options->run.accept, "add the new buckets to the file of --known");
  command->add_option("--jobs", options->run.jobs, "processes at a time")
      ->check(CLI::Range(1U, 256U))
      ->capture_default_str();
  command->add_option("--tries", options->run.tries, "runs of each file")
      ->check(CLI::Range(1U, 1000U))
      ->capture_default_str();
  command
      ->add_option("--runs", options->run.runs, "boots or lists that minimizing one bug may take")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command->add_flag("--no-minimize", options->run.no_minimize, "take one file of each as it is");
  command->add_flag("--quiet", options->run.quiet,
                    "print only findings that are not known, and files that were skipped");
  command->callback([options, &exit_code] { exit_code = triage_or_complain(*options); });
}

}  // namespace hobnail
