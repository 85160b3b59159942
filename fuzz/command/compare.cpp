// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// hobnail compare: plays programs on two targets and tells in what they differ.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <chrono>
#include <fstream>
#include <nlohmann/json.hpp>

#include "fuzz/command/commands.h"
#include "fuzz/command/options/target_options.h"
#include "fuzz/inputs/program_file.h"
#include "fuzz/targets/banner.h"
#include "fuzz/targets/second_target.h"
#include "properties/oracle/program/text/codec_text.h"
#include "properties/targets/hobnail/dxe.h"

namespace hobnail {
namespace {

using oracle::CallPolicy;
using oracle::Comparison;
using oracle::Finding;
using oracle::RunOptions;
using oracle::Signature;
using oracle::TargetError;

struct Options {
  std::vector<std::string> files;
  std::string target;
  std::string against;
  std::string json;
  bool layout = false;
  bool contract = false;
  bool quiet = false;
};

struct ComparisonTally {
  std::size_t played = 0;
  std::size_t skipped = 0;
  std::size_t findings = 0;
  std::size_t errors = 0;
  std::size_t ops = 0;       // calls of both
  std::size_t compared = 0;  // ops of programs
  nlohmann::json records = nlohmann::json::array();
};

struct Pair {
  const hobnail_target& one;
  const hobnail_target& other;
  Signature signature;
};

nlohmann::json record_of(const ProgramFile& file, const Finding& finding) {
  const bool at_end = finding.op >= file.program.ops.size();
  const std::string_view op =
      at_end ? "end" : oracle::row_of(file.program.ops[finding.op].code).name;
  return {{"rule", finding.rule},
          {"class", class_of(finding)},
          {"bucket", fmt::format("{}/{}", finding.rule, op)},
          {"op", finding.op},
          {"evidence", finding.evidence},
          {"file", file.path.native()},
          {"program", oracle::print_text(file.program)}};
}

void compare_file(const Options& options, const Pair& pair, const ProgramFile& file,
                  ComparisonTally& tally) {
  RunOptions run;
  run.consumer = &pei::builtin_dxe();
  if (options.contract) run.policy = CallPolicy::Contract;
  const Comparison comparison =
      compare_targets(file.program, pair.one, pair.other, pair.signature, run);
  const std::string& name = file.path.native();
  if (!comparison.skipped.empty()) {
    ++tally.skipped;
    if (!options.quiet) fmt::print("skip  {}: skipped: {}\n", name, comparison.skipped);
    return;
  }
  ++tally.played;
  tally.ops += comparison.ops_run;
  tally.compared += comparison.compared;
  if (comparison.finding) {
    ++tally.findings;
    tally.records.push_back(record_of(file, *comparison.finding));
    fmt::print("FAIL  {}: {}, {}\n      {}\n", name, comparison.finding->rule,
               where_found(file.program, *comparison.finding), comparison.finding->evidence);
    return;
  }
  if (options.quiet) return;
  fmt::print("ok    {} ({} of {} ops compared)\n", name, comparison.compared,
             file.program.ops.size());
  if (!comparison.stopped.empty()) fmt::print("      to {}\n", comparison.stopped);
}

bool write_comparison_json(const Options& options, const ComparisonTally& tally, double seconds) {
  if (options.json.empty()) return true;
  const nlohmann::json report{{"findings", tally.records},  {"executions", tally.played},
                              {"skipped", tally.skipped},   {"ops", tally.ops},
                              {"compared", tally.compared}, {"seconds", seconds}};
  std::ofstream out(options.json);
  out << report.dump(2) << '\n';
  out.close();
  return !out.fail();
}

int report(const Options& options, const Pair& pair, const ComparisonTally& tally, double seconds) {
  if (!options.quiet) {
    fmt::print("{} programs compared on {} and {}{}, {} ops, {} findings{}\n", tally.played,
               pair.one.name, pair.other.name,
               pair.signature == Signature::SamePolicy ? ", layout too" : "", tally.compared,
               tally.findings,
               tally.skipped == 0 ? "" : fmt::format(", {} skipped", tally.skipped));
  }
  if (!write_comparison_json(options, tally, seconds)) {
    return complain(fmt::format("{}: cannot be written", options.json));
  }
  if (tally.played == 0 && tally.skipped != 0) {
    return complain("every program was skipped: nothing was compared");
  }
  if (tally.errors != 0) return kCannotWork;
  return tally.findings != 0 ? kFindings : kNothingFound;
}

int compare(const Options& options) {
  hear_last_words(20);
  const auto start = std::chrono::steady_clock::now();
  const auto one = options.target.empty() ? oracle::load_target_from_environment()
                                          : oracle::load_target(options.target);
  if (const auto* error = std::get_if<TargetError>(&one)) return complain(error->message);
  const auto other = load_second_target(options.against);
  if (const auto* error = std::get_if<TargetError>(&other)) return complain(error->message);
  const Pair pair{*std::get<const hobnail_target*>(one), *std::get<const hobnail_target*>(other),
                  options.layout ? Signature::SamePolicy : Signature::Any};
  const auto inputs = expand_inputs(options.files);
  if (const auto* error = std::get_if<FileError>(&inputs)) return complain(error->message);
  ComparisonTally tally;
  for (const auto& path : std::get<std::vector<std::filesystem::path>>(inputs)) {
    const auto file = read_program(path);
    if (const auto* error = std::get_if<FileError>(&file)) {
      complain(error->message);
      ++tally.errors;
      continue;
    }
    compare_file(options, pair, std::get<ProgramFile>(file), tally);
  }
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
  return report(options, pair, tally, elapsed.count());
}

}  // namespace

void add_compare_command(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* const command =
      app.add_subcommand("compare", "play programs on two targets, and tell in what they differ");
  command->add_option("FILE", options->files, "programs, or directories of .boot files")
      ->required();
  command->add_option("--target", options->target,
                      "a shared object with hobnail_get_target (default: HOBNAIL_TARGET, or our "
                      "core)");
  command->add_option("--against", options->against,
                      "another one (default: HOBNAIL_AGAINST, or edk2-like, without its quirks)");
  command->add_flag("--layout", options->layout,
                    "both place pages by the same policy: compare where they lie");
  command->add_flag("--contract", options->contract, "make only calls that PI lets a PEIM make");
  command->add_option("--json", options->json, "write findings and counts to this file");
  command->add_flag("--quiet", options->quiet, "print findings only");
  command->callback([options, &exit_code] { exit_code = compare(*options); });
}

}  // namespace hobnail
