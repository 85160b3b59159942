// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What a fuzz target does in a second of processor time, by rung: the same engine, flags, mutator
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
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace hobnail {

struct RungMeasure {
  std::string name;
  std::uint64_t executions = 0;
  std::uint64_t ops = 0;
  double cpu_seconds = 0;  // of the process, user and system, without reading the seeds
  double share_of_empty = 0;

  [[nodiscard]] double rate() const;  // executions per CPU-second
};

struct RungPlan {
  std::filesystem::path engine;  // services_fuzz, linked with libFuzzer
  std::size_t programs = 400;    // seeds
  std::size_t ops = 32;          // of each, exactly
  std::uint64_t executions = 40000;
  std::uint64_t seed = 1;
};

// The measures, or what went wrong in words.
struct RungReport {
  std::vector<RungMeasure> rungs;
  std::string error;
};
[[nodiscard]] RungReport measure_rungs(const RungPlan& plan);

[[nodiscard]] nlohmann::json to_json(const std::vector<RungMeasure>& rungs);
void print_rungs(const std::vector<RungMeasure>& rungs, const RungPlan& plan);

// services_fuzz beside this command, when it is libFuzzer's; an empty path otherwise.
[[nodiscard]] std::filesystem::path engine_beside_command();

}  // namespace hobnail
