// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// hobnail corpus stability: names the programs whose outcome is not always the same.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <nlohmann/json.hpp>

#include "fuzz/campaign/stability.h"
#include "fuzz/command/commands.h"
#include "fuzz/command/options/target_options.h"
#include "fuzz/inputs/corpus_files.h"
#include "fuzz/terminal/progress_line.h"

namespace hobnail {
namespace {

struct Options {
  std::vector<std::string> inputs;
  std::string target;
  std::string json;
  double seconds = 20;
};

bool write_stability_json(const Options& options, const std::vector<ProgramFile>& programs,
                          const Stability& result) {
  if (options.json.empty()) return true;
  nlohmann::json unstable = nlohmann::json::array();
  for (const Unstable& one : result.unstable) {
    unstable.push_back({{"file", programs[one.index].path.native()}, {"how", one.how}});
  }
  const nlohmann::json report{{"programs", result.played},
                              {"stable", result.played - result.unstable.size()},
                              {"skipped", result.skipped},
                              {"unstable", unstable}};
  return write_text(options.json, report.dump(2) + "\n");
}

int stability(const Options& options) {
  const auto loaded = options.target.empty() ? oracle::load_target_from_environment()
                                             : oracle::load_target(options.target);
  if (const auto* error = std::get_if<oracle::TargetError>(&loaded)) {
    return complain(error->message);
  }
  const auto read = read_corpora(options.inputs);
  if (const auto* error = std::get_if<FileError>(&read)) return complain(error->message);
  const auto& programs = std::get<std::vector<ProgramFile>>(read);
  ProgressLine progress(false);
  const Stability result = check_stability(
      programs, *std::get<const hobnail_target*>(loaded), options.seconds, [&](std::size_t i) {
        progress.show(fmt::format("{} of {} programs compared", i + 1, programs.size()));
      });
  progress.clear();
  for (const Unstable& one : result.unstable) {
    fmt::print("differs: {}: {}\n", programs[one.index].path.native(), one.how);
  }
  fmt::print("{}\n", result.text());
  if (!write_stability_json(options, programs, result))
    return complain(options.json + ": cannot be written");
  if (result.played == 0) return complain("every program was skipped: nothing was played");
  return result.unstable.empty() ? kNothingFound : kFindings;
}

}  // namespace

void add_corpus_stability_command(CLI::App& corpus, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* const command = corpus.add_subcommand(
      "stability", "play each program twice in one process and once in a fresh one, and compare");
  command->add_option("INPUT", options->inputs, "programs, or directories of text or bytes")
      ->required();
  command->add_option(
      "--target", options->target,
      "a shared object with hobnail_get_target (default: HOBNAIL_TARGET, or our core)");
  command->add_option("--timeout", options->seconds, "seconds of one boot; more is a hang")
      ->check(CLI::Range(0.1, 3600.0))
      ->capture_default_str();
  command->add_option("--json", options->json, "write what differs to this file");
  command->callback([options, &exit_code] { exit_code = stability(*options); });
}

}  // namespace hobnail
