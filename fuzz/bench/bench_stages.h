// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What a fuzz target does in a second of processor time, by stage: the same engine, flags, mutator
// and seeds, with more and more of the harness behind them.
//
//   empty   the engine and its mutator; the input is thrown away
//   decode  and the bytes become a program
//   model   and it is played: board, target, answers judged, the book kept
//   all     and every truth of every moment
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace hobnail {

struct BenchStageMeasure {
  std::string name;
  std::uint64_t executions = 0;
  std::uint64_t ops = 0;
  double cpu_seconds = 0;  // of the process, user and system, without reading the seeds
  double share_of_empty = 0;

  [[nodiscard]] double rate() const;  // executions per CPU-second
};

struct BenchStagePlan {
  std::filesystem::path engine;  // services_fuzz, linked with libFuzzer
  std::size_t programs = 400;    // seeds
  std::size_t ops = 32;          // of each, exactly
  std::uint64_t executions = 40000;
  std::uint64_t seed = 1;
};

// The measures, or what went wrong in words.
struct BenchStageReport {
  std::vector<BenchStageMeasure> stages;
  std::string error;
};
[[nodiscard]] BenchStageReport measure_rungs(const BenchStagePlan& plan);

[[nodiscard]] nlohmann::json to_json(const std::vector<BenchStageMeasure>& stages);
void print_rungs(const std::vector<BenchStageMeasure>& stages, const BenchStagePlan& plan);

// services_fuzz beside this command, when it is libFuzzer's; an empty path otherwise.
[[nodiscard]] std::filesystem::path engine_beside_command();

}  // namespace hobnail
