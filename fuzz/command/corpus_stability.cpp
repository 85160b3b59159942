// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// hobnail corpus stability: reports programs whose outcome is not deterministic.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <nlohmann/json.hpp>

#include "fuzz/campaign/stability.h"
#include "fuzz/command/commands.h"
#include "fuzz/command/options/output_options.h"
#include "fuzz/command/options/target_options.h"
#include "fuzz/command/options/usage_error.h"
#include "fuzz/command/triage_text.h"
#include "fuzz/inputs/corpus_files.h"
#include "fuzz/terminal/progress_line.h"
#include "fuzz/triage/state/record_of.h"

namespace hobnail {
namespace {

struct Options {
  std::vector<std::string> inputs;
  std::string target;
  std::string standard;
  BoardOptions boards;
  RuleOptions rules;
  std::string json;
  double seconds = 20;
};

nlohmann::json json_of(const std::vector<ProgramFile>& programs, const Stability& result) {
  nlohmann::json unstable = nlohmann::json::array();
  for (const Unstable& one : result.unstable) {
    unstable.push_back({{"file", programs[one.index].path.native()}, {"how", one.how}});
    if (!one.state) continue;
    const TriageRecord record = record_of(*one.state, {});
    unstable.back().update({{"bucket", record.bucket},
                            {"history", record.history},
                            {"program", record.program_text},
                            {"evidence", record.evidence}});
  }
  return {{"programs", result.played},
          {"stable", result.played - result.unstable.size()},
          {"skipped", result.skipped},
          {"unstable", unstable}};
}

int stability(const Options& options) {
  const hobnail_target& target = target_named(options.target);
  const std::vector<ProgramFile> programs = value_of(read_corpora(options.inputs));
  oracle::RunOptions run;
  run.boards = options.boards.set();
  run.rules = options.rules.set(standard_named(options.standard, options.target));
  ProgressLine progress(false);
  const Stability result =
      check_stability(programs, target, run, options.seconds, [&](std::size_t i) {
        progress.show(fmt::format("{} of {} programs compared", i + 1, programs.size()));
        return true;
      });
  progress.clear();
  for (const Unstable& one : result.unstable) {
    fmt::print("differs: {}: {}\n", programs[one.index].path.native(), one.how);
    if (!one.state) continue;
    fmt::print("  {}\n", record_of(*one.state, target.name).bucket);
    print_record(record_of(*one.state, target.name));
  }
  fmt::print("{}\n", result.text());
  write_json_option(options.json, json_of(programs, result));
  if (result.played == 0) throw UsageError("every program was skipped: nothing was run");
  return result.unstable.empty() ? kNothingFound : kFindings;
}

}  // namespace

void add_corpus_stability_command(CLI::App& corpus, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* const command = corpus.add_subcommand(
      "stability", "Run each program twice in one process and once in a new one, and compare");
  command->add_option("INPUT", options->inputs, "Programs, or directories of text or bytes")
      ->required();
  add_target_option(*command, options->target);
  add_standard_option(*command, options->standard);
  options->boards.add_to(*command);
  options->rules.add_to(*command);
  constexpr double kSecondsMin = 0.1;
  add_timeout_option(*command, options->seconds, kSecondsMin);
  add_json_option(*command, options->json, "differences");
  command->callback([options, &exit_code] { exit_code = stability(*options); });
}

}  // namespace hobnail
