// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Each run is a process of its own. The kernel counts its processor time, cachegrind (a tool of
// valgrind) its instructions.
#include "fuzz/bench/engine_run.h"

#include <fmt/format.h>

#include <fstream>
#include <string_view>
#include <utility>
#include <vector>

#include "fuzz/campaign/libfuzzer_command.h"
#include "fuzz/crash/crash_report.h"
#include "fuzz/inputs/write_file.h"
#include "fuzz/process/child_process.h"
#include "fuzz/targets/banner.h"
#include "properties/oracle/generate/generate.h"
#include "properties/oracle/program/bytes/codec_bytes.h"

namespace hobnail {
namespace {

namespace fs = std::filesystem;

struct EngineRun {
  Run run;
  double cost = 0;
};

// Caches are not simulated: only instructions are counted.
Command counted(Command command, const fs::path& counts) {
  Command valgrind{"valgrind", "--quiet", "--tool=cachegrind", "--cache-sim=no",
                   "--cachegrind-out-file=" + counts.string()};
  valgrind.insert(valgrind.end(), command.begin(), command.end());
  return valgrind;
}

// Instructions in cachegrind's file, whose last line is "summary: N"; 0 when there is no such line.
std::uint64_t instructions_in(const fs::path& counts) {
  constexpr std::string_view kWord = "summary: ";
  std::ifstream file(counts);
  std::uint64_t instructions = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with(kWord)) instructions = std::stoull(line.substr(kWord.size()));
  }
  return instructions;
}

EngineRun run_engine(const fs::path& engine, const char* stage, const EnginePlan& plan,
                     std::uint64_t executions, const fs::path& scratch) {
  const fs::path grown = scratch / "grown";
  fs::remove_all(grown);
  fs::create_directories(grown);
  EngineCall call;
  call.binary = engine;
  call.artifacts = scratch.native() + "/";
  call.folders = {grown, scratch / "seeds"};
  call.runs = executions;
  call.seed = static_cast<std::uint32_t>(plan.seed);
  constexpr double kSecondsMax = 3600, kBillion = 1e9;
  Command command = fuzz_command(call);
  // Seconds of an input by the clock, and of two the later counts: on a busy machine an input may
  // wait for a processor longer than a campaign allows.
  command.emplace_back("-timeout=600");
  const fs::path counts = scratch / "counts";
  const bool counting = plan.unit == CostUnit::Instructions;
  if (counting) command = counted(std::move(command), counts);
  EngineRun engine_run{run_child(command, {{"HOBNAIL_RUNG", stage}}, kSecondsMax)};
  engine_run.cost = counting ? static_cast<double>(instructions_in(counts)) / kBillion
                             : engine_run.run.cpu_seconds;
  return engine_run;
}

std::uint64_t ops_in(const std::string& output) {
  constexpr std::string_view kWord = "stat::ops: ";
  const std::size_t at = output.rfind(kWord);
  return at == std::string::npos ? 0 : std::stoull(output.substr(at + kWord.size()));
}

// Errors are one line.
std::string last_line_of(std::string_view text) {
  while (text.ends_with('\n')) text.remove_suffix(1);
  return std::string(text.substr(text.rfind('\n') + 1).substr(0, 400));
}

// Why a fuzz target ended: its finding, a sanitizer's or the engine's report, or its last line.
std::string end_text(const std::string& output) {
  if (const auto finding = read_banner(output)) {
    return fmt::format("a finding, {}: {} (another --seed may avoid it)", finding->rule,
                       finding->evidence);
  }
  const CrashReport report = read_report(output);
  return report.kind.empty() ? last_line_of(output) : report.kind;
}

double per_cost(std::uint64_t count, double cost) {
  return cost > 0 ? static_cast<double>(count) / cost : 0;
}

}  // namespace

std::string_view to_string(CostUnit unit) {
  return unit == CostUnit::CpuSecond ? "CPU-second" : "billion instructions";
}

double EngineMeasure::executions_rate() const { return per_cost(executions, cost); }
double EngineMeasure::ops_rate() const { return per_cost(ops, cost); }

void write_engine_seeds(const EnginePlan& plan, const fs::path& scratch) {
  const fs::path folder = scratch / "seeds";
  fs::create_directories(folder);
  oracle::Random random(plan.seed);
  for (std::size_t written = 0; written < plan.programs;) {
    const oracle::Program program = generate_program(random, plan.ops);
    if (program.ops.size() != plan.ops) continue;
    const std::vector<std::uint8_t> bytes = encode_bytes(program);
    write_file(folder / fmt::format("{:05}", written++), bytes);
  }
}

EngineMeasure measure_engine(const fs::path& engine, const char* stage, const EnginePlan& plan,
                             std::uint64_t executions, const fs::path& scratch) {
  const std::uint64_t seeds = plan.programs + 1;  // and the empty input
  const EngineRun start = run_engine(engine, stage, plan, seeds, scratch);
  const EngineRun whole = run_engine(engine, stage, plan, seeds + executions, scratch);
  EngineMeasure measure;
  if (const Run& failed = start.run.code != 0 ? start.run : whole.run; failed.code != 0) {
    measure.error =
        fmt::format("{} ended with code {} on stage {}: {}{}", engine.string(), failed.code, stage,
                    end_text(failed.output),
                    plan.unit == CostUnit::Instructions
                        ? " (--instructions needs valgrind, and builds without sanitizers)"
                        : "");
    return measure;
  }
  measure.executions = executions;
  measure.ops = ops_in(whole.run.output) - ops_in(start.run.output);
  measure.cost = whole.cost - start.cost;
  return measure;
}

}  // namespace hobnail
