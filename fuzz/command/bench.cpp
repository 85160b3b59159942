// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// hobnail bench: the cost of the oracle. The same boots run in four ways, in turns, so that noise
// affects all of them alike: the board's reset alone; reset and the bare calls of the target;
// lockstep under all rules; and that with our consumer of the list. The best of all rounds counts.
// Where services_fuzz is built with libFuzzer beside the command, or named, its executions in a
// second of processor time are measured too, stage by stage.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "fuzz/bench/bare_boot.h"
#include "fuzz/bench/bench_stages.h"
#include "fuzz/command/commands.h"
#include "fuzz/command/options/output_options.h"
#include "fuzz/command/options/target_options.h"
#include "properties/oracle/board/asan.h"
#include "properties/oracle/board/board.h"
#include "properties/oracle/generate/generate.h"
#include "properties/oracle/lockstep/lockstep.h"
#include "properties/targets/hobnail/dxe.h"

namespace hobnail {
namespace {

using Clock = std::chrono::steady_clock;
using oracle::BareBoot;
using oracle::Board;
using oracle::RunOptions;

struct Options {
  std::string target;
  std::string json;
  std::size_t programs = 400;
  std::size_t rounds = 15;
  std::size_t ops = 60;
  std::uint64_t seed = 1;
  std::string engine;
  std::uint64_t executions = 40000;
  std::size_t engine_ops = 32;
};

struct BenchStage {
  std::string_view name;
  std::function<void(const BareBoot&)> play;
  double seconds = 1e9;  // of all boots, at best
};

std::vector<BareBoot> draw(const Options& options, const hobnail_target& target) {
  std::vector<BareBoot> boots;
  oracle::Random random(options.seed);
  while (boots.size() < options.programs) {
    auto boot = bare_boot(generate_program(random, options.ops), target);
    if (boot) boots.push_back(std::move(*boot));
  }
  return boots;
}

void measure(BenchStage& stage, const std::vector<BareBoot>& boots) {
  const Clock::time_point start = Clock::now();
  for (const BareBoot& boot : boots) stage.play(boot);
  const std::chrono::duration<double> elapsed = Clock::now() - start;
  stage.seconds = std::min(stage.seconds, elapsed.count());
}

struct Cost {
  std::size_t boots = 0;
  std::size_t calls = 0;
  std::array<BenchStage, 4> stages;
};

Cost measure_cost(const Options& options, const hobnail_target& target) {
  const std::vector<BareBoot> boots = draw(options, target);
  const RunOptions alone;
  RunOptions with_consumer;
  with_consumer.consumer = &pei::builtin_dxe();
  Cost cost{
      boots.size(),
      0,
      {{
          {"reset",
           [](const BareBoot& boot) { Board::of(boot.program.board).reset(boot.program.garbage); }},
          {"bare", [&](const BareBoot& boot) { play_bare(boot, target); }},
          {"lockstep",
           [&](const BareBoot& boot) { (void)run_in_lockstep(boot.program, target, alone); }},
          {"with DXE",
           [&](const BareBoot& boot) {
             (void)run_in_lockstep(boot.program, target, with_consumer);
           }},
      }}};
  for (const BareBoot& boot : boots) cost.calls += boot.calls.size();
  for (std::size_t round = 0; round < options.rounds; ++round) {
    for (BenchStage& stage : cost.stages) measure(stage, boots);
  }
  return cost;
}

nlohmann::json show_cost(const Cost& cost, const hobnail_target& target) {
  const double bare = cost.stages[1].seconds;
  const auto boots = static_cast<double>(cost.boots);
  nlohmann::json rows = nlohmann::json::array();
  fmt::print(
      "{} boots of {:.1f} calls on {}{}\n\n{:<10} {:>10} {:>12}\n", cost.boots,
      static_cast<double>(cost.calls) / boots, target.name,
      oracle::kAddressSanitizer ? " (with AddressSanitizer: slower than a release build)" : "", "",
      "boots/s", "times bare");
  for (const BenchStage& stage : cost.stages) {
    fmt::print("{:<10} {:>10.0f} {:>12.2f}\n", stage.name, boots / stage.seconds,
               stage.seconds / bare);
    rows.push_back({{"stage", stage.name},
                    {"boots_per_second", boots / stage.seconds},
                    {"times_bare", stage.seconds / bare}});
  }
  fmt::print("\nlockstep under all rules costs {:.2f} times the board and the bare calls\n",
             cost.stages[2].seconds / bare);
  return {{"boots", cost.boots}, {"calls", cost.calls}, {"stages", rows}};
}

// What the fuzz target does under its engine; null where there is none.
void add_engine(const Options& options, nlohmann::json& figures) {
  BenchStagePlan plan;
  plan.engine =
      options.engine.empty() ? engine_beside_command() : std::filesystem::path(options.engine);
  plan.ops = options.engine_ops;
  plan.executions = options.executions;
  plan.seed = options.seed;
  figures["engine"] = nullptr;
  if (plan.engine.empty()) {
    fmt::print("\nno services_fuzz with libFuzzer beside this command; name one with --engine\n");
    return;
  }
  const BenchStageReport report = measure_rungs(plan);
  if (!report.error.empty()) throw std::runtime_error(report.error);
  print_rungs(report.stages, plan);
  figures["engine"] = {{"ops", plan.ops},
                       {"sanitized", oracle::kAddressSanitizer},
                       {"stages", to_json(report.stages)}};
}

int bench(const Options& options) {
  const hobnail_target& target = target_named(options.target);
  nlohmann::json figures = show_cost(measure_cost(options, target), target);
  add_engine(options, figures);
  write_json_option(options.json, figures);
  return kNothingFound;
}

}  // namespace

void add_bench_command(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* const command =
      app.add_subcommand("bench", "Measure the cost of the oracle relative to the bare calls");
  add_target_option(*command, options->target);
  command->add_option("--programs", options->programs, "Number of boots")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command->add_option("--rounds", options->rounds, "Number of rounds; the best one counts")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command->add_option("--ops", options->ops, "Maximum number of ops of a boot")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
  command->add_option("--seed", options->seed, "Seed of the boots")->capture_default_str();
  command->add_option(
      "--engine", options->engine,
      "Path of services_fuzz with libFuzzer (default: the one beside this command)");
  command
      ->add_option("--executions", options->executions,
                   "Number of executions of the engine's slower stages")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command
      ->add_option("--engine-ops", options->engine_ops, "Number of ops of each seed of the engine")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
  add_json_option(*command, options->json, "figures");
  command->callback([options, &exit_code] { exit_code = bench(*options); });
}

}  // namespace hobnail
