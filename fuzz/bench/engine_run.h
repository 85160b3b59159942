// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Runs of services_fuzz under libFuzzer from generated seeds, and their cost in processor time.
//
// Invariant: runs of one plan start from the same seeds with the same flags and the same random
// numbers. What the engine learns goes into a folder that begins empty.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>

namespace hobnail {

struct EnginePlan {
  std::size_t programs = 400;  // seeds
  std::size_t ops = 32;        // of each, exactly
  std::uint64_t executions = 40000;
  std::uint64_t seed = 1;
};

// Executions after the seeds.
struct EngineMeasure {
  std::uint64_t executions = 0;
  std::uint64_t ops = 0;
  double cpu_seconds = 0;  // of the process, user and system, without start and seeds
  std::string error;       // what went wrong; empty when nothing did

  [[nodiscard]] double executions_rate() const;  // per CPU-second
  [[nodiscard]] double ops_rate() const;         // per CPU-second
};

// The seeds of `plan`, in a new folder `seeds` below `scratch`.
void write_engine_seeds(const EnginePlan& plan, const std::filesystem::path& scratch);

// Runs `engine` twice, without and with `executions` after the seeds, as far as `stage`
// (HOBNAIL_RUNG); the difference counts.
[[nodiscard]] EngineMeasure measure_engine(const std::filesystem::path& engine, const char* stage,
                                           const EnginePlan& plan, std::uint64_t executions,
                                           const std::filesystem::path& scratch);

}  // namespace hobnail
