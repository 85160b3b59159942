// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What a fuzz target does in a second of processor time, by stage: the same engine, flags, mutator
// and seeds, with more and more of the harness behind them.
//
//   empty   the engine and its mutator; the input is discarded
//   decode  and the bytes become a program
//   model   and it runs: board, target, answers checked, the allocation table kept
//   all     and all invariants after each call
//
// Invariant: a stage does all that the stages before it do.
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "fuzz/bench/engine_run.h"

namespace hobnail {

struct BenchStageMeasure {
  std::string name;
  EngineMeasure cost;
  double share_of_empty = 0;
};

// The measures, or what went wrong in words.
struct BenchStageReport {
  std::vector<BenchStageMeasure> stages;
  std::string error;
};
[[nodiscard]] BenchStageReport measure_rungs(const std::filesystem::path& engine,
                                             const EnginePlan& plan);

[[nodiscard]] nlohmann::json to_json(const std::vector<BenchStageMeasure>& stages);
void print_rungs(const std::vector<BenchStageMeasure>& stages, const std::filesystem::path& engine,
                 const EnginePlan& plan);

// services_fuzz beside this command, when it is libFuzzer's; an empty path otherwise.
[[nodiscard]] std::filesystem::path engine_beside_command();

}  // namespace hobnail
