// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// TreeComparison: services_fuzz of this tree and of another one, side by side on one machine. A
// rate alone says little: it depends on the machine and, if time is measured, on what else runs
// there.
//
//   round 1   this tree, the other      round 2   the other, this tree      round 3   as round 1
//
// Invariant: both run from the same bytes, with the same flags and random numbers; each round has
// its own. The other tree decodes the bytes by its own format.
#pragma once

#include <cstddef>
#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "fuzz/bench/engine_run.h"

namespace hobnail {

struct ComparedTrees {
  std::filesystem::path ours;     // services_fuzz, linked with libFuzzer
  std::filesystem::path against;  // that of the other tree
};

struct TreeComparison {
  CostUnit unit = CostUnit::CpuSecond;
  std::vector<EngineMeasure> ours;     // a round each
  std::vector<EngineMeasure> against;  // a round each
  std::string error;                   // what went wrong; empty when nothing did

  // Ops per unit of cost of this tree divided by those of the other one, a round each.
  [[nodiscard]] std::vector<double> ratios() const;
};

[[nodiscard]] TreeComparison compare_trees(const ComparedTrees& trees, const EnginePlan& plan,
                                           std::size_t rounds);

[[nodiscard]] nlohmann::json to_json(const TreeComparison& comparison, const ComparedTrees& trees);
void print_comparison(const TreeComparison& comparison, const ComparedTrees& trees);

}  // namespace hobnail
