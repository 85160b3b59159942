// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// hobnail corpus reach: coverage of the scenarios that a corpus must contain.
//
// Without a target every program runs on each variant of our core, and the counts are added: only
// they have runtime granules of 64 KiB and bins.
#include <CLI/CLI.hpp>

#include "properties/oracle/coverage/scenario_coverage.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "fuzz/command/commands.h"
#include "fuzz/command/options/output_options.h"
#include "fuzz/command/options/target_options.h"
#include "fuzz/command/options/usage_error.h"
#include "fuzz/inputs/program_file.h"
#include "properties/oracle/boot/target.h"
#include "properties/oracle/generate/generate.h"
#include "properties/oracle/lockstep/lockstep.h"
#include "properties/oracle/rules/rules.h"
#include "properties/targets/hobnail/core.h"
#include "properties/targets/hobnail/dxe.h"

namespace hobnail {
namespace {

using oracle::BootPhase;
using oracle::Cell;
using oracle::Condition;
using oracle::CoverageRow;
using oracle::Program;
using oracle::Reply;
using oracle::ScenarioCoverage;

struct Options {
  std::vector<std::string> inputs;
  std::string target;
  std::string standard;
  BoardOptions boards;
  RuleOptions rules;
  std::string json;
  std::size_t generated = 0;
  bool missing_only = false;
  bool beyond = false;
};

struct ReachTally {
  ScenarioCoverage coverage;
  std::size_t programs = 0;
  std::size_t boots = 0;
  std::size_t findings = 0;
};

std::vector<const hobnail_target*> targets_of(const Options& options) {
  std::vector<const hobnail_target*> targets;
  if (options.target.empty()) {
    for (const bool granules : {false, true}) {
      for (const bool bins : {false, true}) targets.push_back(&pei::core_target({granules, bins}));
    }
    return targets;
  }
  targets.push_back(&target_named(options.target));
  return targets;
}

void play(const Program& program, const std::vector<const hobnail_target*>& targets,
          oracle::RunOptions run, std::string_view name, ReachTally& tally) {
  ++tally.programs;
  for (const hobnail_target* const target : targets) {
    run.consumer = &pei::builtin_dxe();
    run.observer = &tally.coverage;
    const oracle::Outcome outcome = run_in_lockstep(program, *target, run);
    if (!outcome.skipped.empty()) continue;
    ++tally.boots;
    if (!outcome.finding) continue;
    ++tally.findings;
    fmt::print("{}: {} on {}; the ops after it are not counted\n", name, outcome.finding->rule,
               target->name);
  }
}

// A line a row: each reply that was given or is wanted, with a count for each phase. A wanted count
// of 0 is set between exclamation marks.
std::string row_text(const ScenarioCoverage& coverage, const CoverageRow& row) {
  std::string text =
      fmt::format("{:<18} {:<20}", oracle::step_name(row.step), condition_name(row.condition));
  for (std::size_t r = 0; r < oracle::kReplies; ++r) {
    const auto reply = static_cast<Reply>(r);
    std::string counts;
    bool any = row.wanted.of(reply) != 0;
    for (std::size_t p = 0; p < oracle::kBootPhases; ++p) {
      const Cell cell{row.step, row.condition, static_cast<BootPhase>(p), reply};
      const bool wanted = (row.wanted.of(reply) >> p & 1U) != 0;
      const std::uint64_t count = coverage.count(cell);
      any = any || count != 0;
      counts += p == 0 ? "" : "/";
      counts += count != 0 ? fmt::format("{}", count) : wanted ? "!0!" : "-";
    }
    if (any) text += fmt::format("  {} {}", reply_name(reply), counts);
  }
  return text;
}

nlohmann::json cell_json(const ScenarioCoverage& coverage, const Cell& cell) {
  return {{"op", oracle::step_name(cell.step)},
          {"condition", condition_name(cell.condition)},
          {"phase", boot_phase_name(cell.phase)},
          {"reply", reply_name(cell.reply)},
          {"count", coverage.count(cell)}};
}

nlohmann::json json_of(const ReachTally& tally) {
  nlohmann::json cells = nlohmann::json::array();
  for (const Cell& cell : oracle::wanted_cells()) {
    cells.push_back(cell_json(tally.coverage, cell));
  }
  nlohmann::json unplanned = nlohmann::json::array();
  for (const Cell& cell : tally.coverage.unplanned())
    unplanned.push_back(cell_json(tally.coverage, cell));
  return {{"wanted", cells},
          {"missing", tally.coverage.missing().size()},
          {"beyond", unplanned},
          {"rules_missing", tally.coverage.rules_missing()},
          {"programs", tally.programs},
          {"boots", tally.boots},
          {"findings", tally.findings}};
}

void print_table(const Options& options, const ReachTally& tally) {
  if (options.missing_only) return;
  fmt::print("counts are for temporary RAM / window / permanent memory / after PEI\n");
  for (const CoverageRow& row : oracle::coverage_rows()) {
    fmt::print("{}\n", row_text(tally.coverage, row));
  }
  if (!options.beyond) return;
  for (const Cell& cell : tally.coverage.unplanned()) {
    fmt::print("beyond the table: {} ({})\n", cell_text(cell), tally.coverage.count(cell));
  }
}

int report(const Options& options, const ReachTally& tally) {
  const std::vector<Cell> missing = tally.coverage.missing();
  const auto rules = tally.coverage.rules_missing();
  print_table(options, tally);
  for (const Cell& cell : missing) fmt::print("missing: {}\n", cell_text(cell));
  for (const std::string_view id : rules) {
    fmt::print(
        "missing: no program checks the rule {} (or the table of rules and cells lacks it)\n", id);
  }
  const std::size_t wanted = oracle::wanted_cells().size();
  const std::size_t all_rules = oracle::rules().size();
  fmt::print("{} of {} cells reached, {} of {} rules checked; {} programs, {} boots\n",
             wanted - missing.size(), wanted, all_rules - rules.size(), all_rules, tally.programs,
             tally.boots);
  write_json_option(options.json, json_of(tally));
  if (tally.boots == 0) throw UsageError("every program was skipped: nothing was run");
  return missing.empty() && rules.empty() && tally.findings == 0 ? kNothingFound : kFindings;
}

int reach(const Options& options) {
  const std::vector<const hobnail_target*> targets = targets_of(options);
  // Without --target these are variants of our core, whatever the environment names.
  const oracle::Standard standard = options.target.empty() && options.standard.empty()
                                        ? oracle::Standard::Strict
                                        : standard_named(options.standard, options.target);
  oracle::RunOptions run;
  run.boards = options.boards.set();
  run.rules = options.rules.set(standard);
  ReachTally tally;
  for (const auto& path : value_of(expand_inputs(options.inputs))) {
    play(value_of(read_program(path)).program, targets, run, path.native(), tally);
  }
  for (std::size_t seed = 0; seed < options.generated; ++seed) {
    constexpr std::size_t kOps = 60;
    oracle::Random random(seed);
    play(generate_program(random, kOps), targets, run, fmt::format("generated {}", seed), tally);
  }
  return report(options, tally);
}

}  // namespace

void add_reach_command(CLI::App& corpus, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* const command =
      corpus.add_subcommand("reach", "Measure the coverage of required scenarios");
  command->add_option("PATH", options->inputs, "Programs, or directories of .boot files")
      ->required();
  add_target_option(*command, options->target, "each variant of Hobnail's core");
  add_standard_option(*command, options->standard);
  options->boards.add_to(*command);
  options->rules.add_to(*command);
  add_json_option(*command, options->json, "cells and counts");
  command->add_option("--generated", options->generated,
                      "Number of generated programs to run in addition (default: 0)");
  command->add_flag("--missing", options->missing_only,
                    "Print missing cells only, without the table");
  command->add_flag("--beyond", options->beyond,
                    "Print reached cells that are not in the table too");
  command->callback([options, &exit_code] { exit_code = reach(*options); });
}

}  // namespace hobnail
