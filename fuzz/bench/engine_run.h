// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Runs of services_fuzz under libFuzzer from generated seeds, and their cost in processor time or
// in instructions.
//
// Invariant: runs of one plan start from the same seeds with the same flags and the same random
// numbers. What the engine learns goes into a folder that begins empty.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace hobnail {

enum class CostUnit : std::uint8_t {
  CpuSecond,     // user and system
  Instructions,  // 1,000,000,000 of them in user mode, counted by valgrind: the same on any machine
};
[[nodiscard]] std::string_view to_string(CostUnit unit);

struct EnginePlan {
  std::size_t programs = 400;  // seeds
  std::size_t ops = 32;        // of each, exactly
  std::uint64_t executions = 40000;
  std::uint64_t seed = 1;
  CostUnit unit = CostUnit::CpuSecond;
};

// Executions after the seeds.
struct EngineMeasure {
  std::uint64_t executions = 0;
  std::uint64_t ops = 0;
  double cost = 0;    // of the process in the plan's unit, without start and seeds
  std::string error;  // what went wrong; empty when nothing did

  // Per unit of cost.
  [[nodiscard]] double executions_rate() const;
  [[nodiscard]] double ops_rate() const;
};

// The seeds of `plan`, in a new folder `seeds` below `scratch`.
void write_engine_seeds(const EnginePlan& plan, const std::filesystem::path& scratch);

// Runs `engine` twice, without and with `executions` after the seeds, as far as `stage`
// (HOBNAIL_RUNG); the difference counts.
[[nodiscard]] EngineMeasure measure_engine(const std::filesystem::path& engine, const char* stage,
                                           const EnginePlan& plan, std::uint64_t executions,
                                           const std::filesystem::path& scratch);

}  // namespace hobnail
