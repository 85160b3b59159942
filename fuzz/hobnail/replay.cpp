// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// hobnail replay: plays programs and prints a verdict each; --trace tells every op.
#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <nlohmann/json.hpp>

#include "fuzz/hobnail/commands.h"
#include "fuzz/hobnail/program_file.h"
#include "fuzz/hobnail/rule_options.h"
#include "fuzz/report.h"
#include "properties/oracle/board_profile.h"
#include "properties/oracle/codec_text.h"
#include "properties/oracle/lockstep.h"
#include "properties/oracle/target.h"
#include "properties/targets/hobnail_dxe.h"

namespace hobnail {
namespace {

using pei::oracle::board_profiles;
using pei::oracle::Conduct;
using pei::oracle::Finding;
using pei::oracle::load_target;
using pei::oracle::load_target_from_environment;
using pei::oracle::Outcome;
using pei::oracle::print_op;
using pei::oracle::print_text;
using pei::oracle::Program;
using pei::oracle::row_of;
using pei::oracle::run_in_lockstep;
using pei::oracle::RunOptions;
using pei::oracle::TargetError;
using pei::oracle::TraceLine;

struct Options {
  std::vector<std::string> files;
  std::string target;
  std::string json;
  bool trace = false;
  bool quiet = false;
  bool contract = false;
  bool hostile = false;
  RuleOptions rules;
};

struct Tally {
  std::size_t played = 0;
  std::size_t skipped = 0;  // their board is not one that this build has
  std::size_t findings = 0;
  std::size_t errors = 0;
  std::size_t ops = 0;
  nlohmann::json records = nlohmann::json::array();
};

std::string coloured(std::string_view text, std::string_view code) {
  static const bool kTerminal = isatty(STDOUT_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr;
  return kTerminal ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
}

void print_trace(const Program& program, const Outcome& outcome) {
  for (const std::string& line : outcome.reset) {
    fmt::print("  {:>5}  {}\n", &line == &outcome.reset.front() ? "reset" : "", line);
  }
  for (const TraceLine& line : outcome.trace) {
    fmt::print("  {:>4}  {}\n", line.op, print_op(program.ops[line.op]));
    if (!line.call.empty()) fmt::print("        {}\n", line.call);
    if (!line.outcome.empty()) fmt::print("          = {}\n", line.outcome);
    for (const std::string& words : line.story) fmt::print("          {}\n", words);
    if (line.effect.empty()) continue;
    std::size_t from = 0;
    while (from != std::string::npos) {
      const std::size_t to = line.effect.find("; ", from);
      fmt::print("          . {}\n",
                 line.effect.substr(from, to == std::string::npos ? to : to - from));
      from = to == std::string::npos ? to : to + 2;
    }
  }
}

nlohmann::json record_of(const ProgramFile& file, const Finding& finding) {
  const bool at_end = finding.op >= file.program.ops.size();
  const std::string_view op = at_end ? "end" : row_of(file.program.ops[finding.op].code).name;
  return {{"rule", finding.rule},       {"bucket", fmt::format("{}/{}", finding.rule, op)},
          {"op", finding.op},           {"evidence", finding.evidence},
          {"file", file.path.native()}, {"program", print_text(file.program)}};
}

void play_file(const Options& options, const pei::oracle::RuleSet& rules,
               const hobnail_target& target, const ProgramFile& file, Tally& tally) {
  RunOptions run;
  run.rules = rules;
  run.consumer = &pei::builtin_dxe();
  run.trace = options.trace;
  if (options.contract) run.conduct = Conduct::Contract;
  if (options.hostile) run.conduct = Conduct::Hostile;
  const std::string_view board = board_profiles()[file.program.board].name;
  if (options.trace && !options.quiet) {
    fmt::print("{}: board {}, target {}\n", file.path.native(), board, target.name);
    std::fflush(stdout);
  }
  const Outcome outcome = run_in_lockstep(file.program, target, run);
  if (!outcome.skipped.empty()) {
    ++tally.skipped;
    if (!options.quiet) {
      fmt::print("{}  {}: skipped: {}\n", coloured("skip", "33"), file.path.native(),
                 outcome.skipped);
    }
    return;
  }
  ++tally.played;
  tally.ops += outcome.ops_run;
  if (options.trace && !options.quiet) print_trace(file.program, outcome);
  if (!outcome.finding) {
    if (!options.quiet) {
      fmt::print("{}  {} ({} ops{}, digest {:016x})\n", coloured("ok  ", "32"), file.path.native(),
                 file.program.ops.size(), file.text ? "" : ", bytes", outcome.digest);
    }
    return;
  }
  ++tally.findings;
  tally.records.push_back(record_of(file, *outcome.finding));
  fmt::print("{}  {}: {}, {}\n", coloured("FAIL", "31;1"), file.path.native(),
             outcome.finding->rule, where_found(file.program, *outcome.finding));
  fmt::print("      {}\n", outcome.finding->evidence);
}

bool write_json(const Options& options, const Tally& tally, double seconds) {
  if (options.json.empty()) return true;
  const nlohmann::json report{{"findings", tally.records},
                              {"executions", tally.played},
                              {"skipped", tally.skipped},
                              {"ops", tally.ops},
                              {"seconds", seconds}};
  std::ofstream out(options.json);
  out << report.dump(2) << '\n';
  out.close();
  return !out.fail();
}

int replay(const Options& options) {
  const auto start = std::chrono::steady_clock::now();
  const auto loaded =
      options.target.empty() ? load_target_from_environment() : load_target(options.target);
  if (const auto* error = std::get_if<TargetError>(&loaded)) return complain(error->message);
  const hobnail_target& target = *std::get<const hobnail_target*>(loaded);
  const auto inputs = expand_inputs(options.files);
  if (const auto* error = std::get_if<FileError>(&inputs)) return complain(error->message);

  const auto rules = rule_set(options.rules);
  if (const auto* error = std::get_if<std::string>(&rules)) return complain(*error);

  Tally tally;
  for (const auto& path : std::get<std::vector<std::filesystem::path>>(inputs)) {
    const auto file = read_program(path);
    if (const auto* error = std::get_if<FileError>(&file)) {
      complain(error->message);
      ++tally.errors;
      continue;
    }
    play_file(options, std::get<pei::oracle::RuleSet>(rules), target, std::get<ProgramFile>(file),
              tally);
  }
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
  if (!options.quiet && tally.played > 1) {
    fmt::print("{} programs played on {}, {} ops, {} findings{}\n", tally.played, target.name,
               tally.ops, tally.findings,
               tally.skipped == 0 ? "" : fmt::format(", {} skipped", tally.skipped));
  }
  if (!write_json(options, tally, elapsed.count())) {
    return complain(fmt::format("{}: cannot be written", options.json));
  }
  if (tally.played == 0 && tally.skipped != 0) {
    return complain("every program was skipped: nothing was played");
  }
  if (tally.errors != 0) return kCannotWork;
  return tally.findings != 0 ? kFindings : kNothingFound;
}

}  // namespace

void add_replay_command(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* const command =
      app.add_subcommand("replay", "play programs (.boot text or fuzzer bytes)");
  command->add_option("FILE", options->files, "programs, or directories of .boot files")
      ->required();
  command->add_flag("--trace", options->trace, "tell every op: the call, the answer, the effect");
  command->add_option(
      "--target", options->target,
      "a shared object with hobnail_get_target (default: HOBNAIL_TARGET, or our core)");
  command->add_option("--json", options->json, "write findings and counts to this file");
  command->add_flag("--quiet", options->quiet, "print findings only");
  auto* const contract = command->add_flag("--contract", options->contract,
                                           "make only calls that PI lets a PEIM make");
  command->add_flag("--hostile", options->hostile, "make every call, whatever the target asks for")
      ->excludes(contract);
  add_rule_options(*command, options->rules);
  command->callback([options, &exit_code] { exit_code = replay(*options); });
}

}  // namespace hobnail
