// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The stages, one after the other.
#include "fuzz/bench/bench_stages.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>
#include <utility>

#include "fuzz/campaign/fuzz_target.h"
#include "fuzz/campaign/libfuzzer_command.h"
#include "fuzz/inputs/corpus_files.h"

namespace hobnail {

namespace fs = std::filesystem;

BenchStageReport measure_rungs(const fs::path& engine, const EnginePlan& plan) {
  constexpr std::array<const char*, 4> kRungs{"empty", "decode", "model", "all"};
  BenchStageReport report;
  const ScratchFolder scratch(folder_in_memory());
  write_engine_seeds(plan, scratch.path());
  for (const char* const stage : kRungs) {
    // What is cheap is run for longer, so that its time can be measured.
    const std::uint64_t executions =
        plan.executions * (stage == kRungs[0] || stage == kRungs[1] ? 20 : 1);
    BenchStageMeasure measure{stage,
                              measure_engine(engine, stage, plan, executions, scratch.path()), 1};
    if (!measure.cost.error.empty()) {
      report.error = measure.cost.error;
      return report;
    }
    if (!report.stages.empty()) {
      measure.share_of_empty =
          measure.cost.executions_rate() / report.stages[0].cost.executions_rate();
    }
    report.stages.push_back(std::move(measure));
  }
  return report;
}

nlohmann::json to_json(const std::vector<BenchStageMeasure>& stages) {
  nlohmann::json rows = nlohmann::json::array();
  for (const BenchStageMeasure& stage : stages) {
    rows.push_back({{"stage", stage.name},
                    {"executions", stage.cost.executions},
                    {"ops", stage.cost.ops},
                    {"cpu_seconds", stage.cost.cost},
                    {"executions_per_cpu_second", stage.cost.executions_rate()},
                    {"share_of_empty", stage.share_of_empty}});
  }
  return rows;
}

void print_rungs(const std::vector<BenchStageMeasure>& stages, const fs::path& engine,
                 const EnginePlan& plan) {
  fmt::print("\n{} under libFuzzer, seeds of {} ops\n\n{:<10} {:>14} {:>10} {:>10}\n",
             engine.filename().string(), plan.ops, "", "per CPU-second", "of empty", "ops/exec");
  for (const BenchStageMeasure& stage : stages) {
    fmt::print("{:<10} {:>14.0f} {:>9.1f}% {:>10.1f}\n", stage.name, stage.cost.executions_rate(),
               100 * stage.share_of_empty,
               static_cast<double>(stage.cost.ops) / static_cast<double>(stage.cost.executions));
  }
}

fs::path engine_beside_command() {
  const fs::path engine = own_folder() / "services_fuzz";
  return why_not_an_engine(engine, {}).empty() ? engine : fs::path();
}

}  // namespace hobnail
