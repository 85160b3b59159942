// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Each run is a process of its own, whose processor time the kernel has counted.
#include "fuzz/bench/engine_run.h"

#include <fmt/format.h>

#include <string_view>
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

Run run_engine(const fs::path& engine, const char* stage, const EnginePlan& plan,
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
  constexpr double kSecondsMax = 3600;
  Command command = fuzz_command(call);
  // Seconds of an input by the clock, and of two the later counts: on a busy machine an input may
  // wait for a processor longer than a campaign allows.
  command.emplace_back("-timeout=600");
  return run_child(command, {{"HOBNAIL_RUNG", stage}}, kSecondsMax);
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

double per_second(std::uint64_t count, double seconds) {
  return seconds > 0 ? static_cast<double>(count) / seconds : 0;
}

}  // namespace

double EngineMeasure::executions_rate() const { return per_second(executions, cpu_seconds); }
double EngineMeasure::ops_rate() const { return per_second(ops, cpu_seconds); }

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
  const Run start = run_engine(engine, stage, plan, seeds, scratch);
  const Run whole = run_engine(engine, stage, plan, seeds + executions, scratch);
  EngineMeasure measure;
  if (start.code != 0 || whole.code != 0) {
    measure.error = fmt::format("{} ended with code {} on stage {}: {}", engine.string(),
                                whole.code != 0 ? whole.code : start.code, stage,
                                end_text(whole.code != 0 ? whole.output : start.output));
    return measure;
  }
  measure.executions = executions;
  measure.ops = ops_in(whole.output) - ops_in(start.output);
  measure.cpu_seconds = whole.cpu_seconds - start.cpu_seconds;
  return measure;
}

}  // namespace hobnail
