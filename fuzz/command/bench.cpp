// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// hobnail bench: the cost of the oracle. The same boots run in four ways, in turns, so that noise
// affects all of them alike: the board's reset alone; reset and the bare calls of the target;
// lockstep under all rules; and that with our consumer of the list. The best of all rounds counts.
// They run in a process of their own, which a target may end.
// Where services_fuzz is built with libFuzzer beside the command, or named, its executions in a
// second of processor time are measured too, stage by stage.
// With --against only the fuzz targets run: that of this tree and that of another one, in turns.
// With --instructions too, valgrind counts their instructions in place of the time.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "fuzz/bench/bare_boot.h"
#include "fuzz/bench/bench_stages.h"
#include "fuzz/bench/tree_comparison.h"
#include "fuzz/campaign/fuzz_target.h"
#include "fuzz/campaign/libfuzzer_command.h"
#include "fuzz/command/commands.h"
#include "fuzz/command/options/output_options.h"
#include "fuzz/command/options/target_options.h"
#include "fuzz/command/options/triage_options.h"
#include "fuzz/command/options/usage_error.h"
#include "fuzz/crash/crash_report.h"
#include "fuzz/process/worker_channel.h"
#include "fuzz/process/worker_process.h"
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
  std::string against;
  std::size_t pairs = 3;
  bool instructions = false;
};

EnginePlan engine_plan(const Options& options) {
  EnginePlan plan;
  plan.ops = options.engine_ops;
  plan.executions = options.executions;
  plan.seed = options.seed;
  if (options.instructions) plan.unit = CostUnit::Instructions;
  return plan;
}

// Fewer than were asked for when most programs have a finding.
std::vector<BareBoot> draw(const Options& options, const hobnail_target& target) {
  constexpr std::size_t kTriesPerBoot = 20;
  std::vector<BareBoot> boots;
  oracle::Random random(options.seed);
  const std::size_t tries = options.programs * kTriesPerBoot;
  for (std::size_t i = 0; i < tries && boots.size() < options.programs; ++i) {
    auto boot = bare_boot(generate_program(random, options.ops), target);
    if (boot) boots.push_back(std::move(*boot));
  }
  return boots;
}

struct BenchStage {
  std::string_view name;
  double seconds = 1e9;  // of all boots, at best
};

struct Cost {
  std::uint64_t boots = 0;
  std::uint64_t calls = 0;
  std::array<BenchStage, 4> stages{{{"reset"}, {"bare"}, {"lockstep"}, {"with DXE"}}};
};

void run_stage(std::size_t stage, const BareBoot& boot, const hobnail_target& target) {
  static const RunOptions kAlone;
  static const RunOptions kWithConsumer = [] {
    RunOptions options;
    options.consumer = &pei::builtin_dxe();
    return options;
  }();
  if (stage == 0) return Board::of(boot.program.board).reset(boot.program.garbage);
  if (stage == 1) return play_bare(boot, target);
  (void)run_in_lockstep(boot.program, target, stage == 2 ? kAlone : kWithConsumer);
}

double seconds_of(std::size_t stage, const std::vector<BareBoot>& boots,
                  const hobnail_target& target) {
  const Clock::time_point start = Clock::now();
  for (const BareBoot& boot : boots) run_stage(stage, boot, target);
  const std::chrono::duration<double> elapsed = Clock::now() - start;
  return elapsed.count();
}

// Requests and replies between the command and the process that the target runs in. A target that
// ends this process, or keeps it for too long, ends no more than that.
constexpr std::uint8_t kDraw = 0xff;  // else the number of a stage

template <typename Value>
std::vector<std::uint8_t> bytes_of(const Value& value) {
  std::vector<std::uint8_t> bytes(sizeof value);
  std::memcpy(bytes.data(), &value, sizeof value);
  return bytes;
}

struct Drawn {
  std::uint64_t boots = 0, calls = 0;
};

void be_bench_worker(const Options& options, const hobnail_target& target) {
  Board::part_from_parent();
  std::vector<BareBoot> boots;
  WorkerRequest request;
  while (receive_request(request)) {
    const std::uint8_t asked = request.bytes.at(0);
    std::vector<std::uint8_t> reply;
    if (asked == kDraw) {
      boots = draw(options, target);
      Drawn drawn{boots.size(), 0};
      for (const BareBoot& boot : boots) drawn.calls += boot.calls.size();
      reply = bytes_of(drawn);
    } else {
      reply = bytes_of(seconds_of(asked, boots, target));
    }
    if (!send_reply(reply, false)) return;
  }
}

// The answer to one request. Throws UsageError when the target does not let it come.
template <typename Value>
Value ask(WorkerProcess& worker, std::uint8_t request, std::string_view target) {
  const std::array<std::uint8_t, 1> bytes{request};
  const WorkerReply reply = worker.ask(bytes, false);
  Value value;
  if (reply.heard == Heard::Reply && reply.bytes.size() == sizeof value) {
    std::memcpy(&value, reply.bytes.data(), sizeof value);
    return value;
  }
  const std::string how = read_end(worker.reap(reply.heard)).how;
  throw UsageError(fmt::format(
      "{}: nothing was measured: {}; `hobnail check --isolate` reports such boots as findings",
      target, how.empty() ? "its process ended" : "its process ended by " + how));
}

Cost measure_cost(const Options& options, const hobnail_target& target) {
  constexpr double kSeconds = 5, kSecondsOfABoot = 0.01;
  Limits limits;
  limits.seconds = kSeconds + kSecondsOfABoot * static_cast<double>(options.programs);
  WorkerProcess worker([&] { be_bench_worker(options, target); }, limits);
  const auto drawn = ask<Drawn>(worker, kDraw, target.name);
  if (drawn.boots < options.programs) {
    throw UsageError(
        fmt::format("{}: nothing was measured: only {} of {} programs run on it without "
                    "a finding; `hobnail check` reports the findings",
                    target.name, drawn.boots, options.programs));
  }
  Cost cost;
  cost.boots = drawn.boots;
  cost.calls = drawn.calls;
  for (std::size_t round = 0; round < options.rounds; ++round) {
    for (std::size_t i = 0; i < cost.stages.size(); ++i) {
      const auto seconds = ask<double>(worker, static_cast<std::uint8_t>(i), target.name);
      cost.stages[i].seconds = std::min(cost.stages[i].seconds, seconds);
    }
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
  const std::filesystem::path engine =
      options.engine.empty() ? engine_beside_command() : std::filesystem::path(options.engine);
  const EnginePlan plan = engine_plan(options);
  figures["engine"] = nullptr;
  if (engine.empty()) {
    fmt::print("\nno services_fuzz with libFuzzer beside this command; name one with --engine\n");
    return;
  }
  const BenchStageReport report = measure_rungs(engine, plan);
  if (!report.error.empty()) throw std::runtime_error(report.error);
  print_rungs(report.stages, engine, plan);
  figures["engine"] = {{"ops", plan.ops},
                       {"sanitized", oracle::kAddressSanitizer},
                       {"stages", to_json(report.stages)}};
}

// The file, or services_fuzz in the directory.
std::filesystem::path engine_at(const std::filesystem::path& given) {
  std::filesystem::path engine =
      std::filesystem::is_directory(given) ? given / "services_fuzz" : given;
  if (const std::string why = why_not_an_engine(engine, {}); !why.empty()) throw UsageError(why);
  return engine;
}

int bench_trees(const Options& options) {
  const ComparedTrees trees{
      engine_at(options.engine.empty() ? own_folder() : std::filesystem::path(options.engine)),
      engine_at(options.against)};
  const TreeComparison comparison = compare_trees(trees, engine_plan(options), options.pairs);
  if (!comparison.error.empty()) throw std::runtime_error(comparison.error);
  print_comparison(comparison, trees);
  write_json_option(options.json, {{"comparison", to_json(comparison, trees)}});
  return kNothingFound;
}

int bench(const Options& options) {
  if (!options.against.empty()) return bench_trees(options);
  ExecutionOptions execution;
  execution.target = options.target;
  const hobnail_target& target = execution.load_in_child_first();
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
  CLI::Option* const against = command->add_option(
      "--against", options->against,
      "Compare with another tree: its bin directory or services_fuzz, with libFuzzer; both run the "
      "same seeds alternately");
  command
      ->add_option("--pairs", options->pairs, "Number of rounds of --against, both trees in each")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command
      ->add_flag(
          "--instructions", options->instructions,
          "Instructions instead of CPU-seconds, counted by valgrind: the same on any machine "
          "(builds without sanitizers)")
      ->needs(against);
  add_json_option(*command, options->json, "figures");
  command->callback([options, &exit_code] { exit_code = bench(*options); });
}

}  // namespace hobnail
