// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Each stage is a process of its own, whose processor time the kernel has counted. It is run twice,
// with and without executions after the seeds, so that start and seeds do not count.
#include "fuzz/bench/bench_stages.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>
#include <stdexcept>

#include "fuzz/campaign/fuzz_target.h"
#include "fuzz/campaign/libfuzzer_command.h"
#include "fuzz/inputs/corpus_files.h"
#include "fuzz/inputs/write_file.h"
#include "fuzz/process/child_process.h"
#include "properties/oracle/generate/generate.h"
#include "properties/oracle/program/bytes/codec_bytes.h"

namespace hobnail {
namespace {

namespace fs = std::filesystem;

void write_seeds(const BenchStagePlan& plan, const fs::path& folder) {
  oracle::Random random(plan.seed);
  for (std::size_t written = 0; written < plan.programs;) {
    const oracle::Program program = generate_program(random, plan.ops);
    if (program.ops.size() != plan.ops) continue;
    const std::vector<std::uint8_t> bytes = encode_bytes(program);
    write_file(folder / fmt::format("{:05}", written++), bytes);
  }
}

// The seeds stay what they are: what the engine learns goes into a folder that begins empty.
Run run_rung(const BenchStagePlan& plan, const char* stage, std::uint64_t executions,
             const fs::path& scratch) {
  const fs::path grown = scratch / "grown";
  fs::remove_all(grown);
  fs::create_directories(grown);
  EngineCall call;
  call.binary = plan.engine;
  call.artifacts = scratch.native() + "/";
  call.folders = {grown, scratch / "seeds"};
  call.runs = executions;
  call.seed = static_cast<std::uint32_t>(plan.seed);
  constexpr double kSecondsMax = 3600;
  return run_child(fuzz_command(call), {{"HOBNAIL_RUNG", stage}}, kSecondsMax);
}

std::uint64_t ops_in(const std::string& said) {
  constexpr std::string_view kWord = "stat::ops: ";
  const std::size_t at = said.rfind(kWord);
  return at == std::string::npos ? 0 : std::stoull(said.substr(at + kWord.size()));
}

// Errors are one line.
std::string last_said(std::string_view text) {
  while (text.ends_with('\n')) text.remove_suffix(1);
  return std::string(text.substr(text.rfind('\n') + 1).substr(0, 400));
}

}  // namespace

double BenchStageMeasure::rate() const {
  return cpu_seconds > 0 ? static_cast<double>(executions) / cpu_seconds : 0;
}

BenchStageReport measure_rungs(const BenchStagePlan& plan) {
  constexpr std::array<const char*, 4> kRungs{"empty", "decode", "model", "all"};
  BenchStageReport report;
  const ScratchFolder scratch;
  fs::create_directories(scratch.path() / "seeds");
  write_seeds(plan, scratch.path() / "seeds");
  for (const char* const stage : kRungs) {
    // What is cheap is run for longer, so that its time is a time.
    const std::uint64_t executions =
        plan.executions * (stage == kRungs[0] || stage == kRungs[1] ? 20 : 1);
    const std::uint64_t seeds = plan.programs + 1;  // and the empty input
    const Run start = run_rung(plan, stage, seeds, scratch.path());
    const Run whole = run_rung(plan, stage, seeds + executions, scratch.path());
    if (start.code != 0 || whole.code != 0) {
      report.error = fmt::format("{} ended with code {} on stage {}: {}", plan.engine.string(),
                                 whole.code != 0 ? whole.code : start.code, stage,
                                 last_said(whole.code != 0 ? whole.output : start.output));
      return report;
    }
    BenchStageMeasure measure{stage, executions, ops_in(whole.output) - ops_in(start.output),
                              whole.cpu_seconds - start.cpu_seconds, 1};
    if (!report.stages.empty()) measure.share_of_empty = measure.rate() / report.stages[0].rate();
    report.stages.push_back(measure);
  }
  return report;
}

nlohmann::json to_json(const std::vector<BenchStageMeasure>& stages) {
  nlohmann::json rows = nlohmann::json::array();
  for (const BenchStageMeasure& stage : stages) {
    rows.push_back({{"stage", stage.name},
                    {"executions", stage.executions},
                    {"ops", stage.ops},
                    {"cpu_seconds", stage.cpu_seconds},
                    {"executions_per_cpu_second", stage.rate()},
                    {"share_of_empty", stage.share_of_empty}});
  }
  return rows;
}

void print_rungs(const std::vector<BenchStageMeasure>& stages, const BenchStagePlan& plan) {
  fmt::print("\n{} under libFuzzer, seeds of {} ops\n\n{:<10} {:>14} {:>10} {:>10}\n",
             plan.engine.filename().string(), plan.ops, "", "per CPU-second", "of empty",
             "ops/exec");
  for (const BenchStageMeasure& stage : stages) {
    fmt::print("{:<10} {:>14.0f} {:>9.1f}% {:>10.1f}\n", stage.name, stage.rate(),
               100 * stage.share_of_empty,
               static_cast<double>(stage.ops) / static_cast<double>(stage.executions));
  }
}

fs::path engine_beside_command() {
  const fs::path engine = own_folder() / "services_fuzz";
  return why_not_an_engine(engine, {}).empty() ? engine : fs::path();
}

}  // namespace hobnail
