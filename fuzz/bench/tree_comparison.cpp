// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Rounds, medians and their spread.
#include "fuzz/bench/tree_comparison.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

#include "fuzz/inputs/corpus_files.h"

namespace hobnail {
namespace {

namespace fs = std::filesystem;

double median_of(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 != 0 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

template <typename Rate>
double median_rate(const std::vector<EngineMeasure>& rounds, const Rate& rate) {
  std::vector<double> values;
  values.reserve(rounds.size());
  for (const EngineMeasure& round : rounds) values.push_back(rate(round));
  return median_of(std::move(values));
}

double ops_rate(const std::vector<EngineMeasure>& rounds) {
  return median_rate(rounds, [](const EngineMeasure& round) { return round.ops_rate(); });
}

double executions_rate(const std::vector<EngineMeasure>& rounds) {
  return median_rate(rounds, [](const EngineMeasure& round) { return round.executions_rate(); });
}

nlohmann::json tree_json(const std::vector<EngineMeasure>& rounds, const fs::path& engine,
                         CostUnit unit) {
  const bool counted = unit == CostUnit::Instructions;
  const std::string per = counted ? "_per_billion_instructions" : "_per_cpu_second";
  nlohmann::json rows = nlohmann::json::array();
  for (const EngineMeasure& round : rounds) {
    rows.push_back({{"executions", round.executions},
                    {"ops", round.ops},
                    {counted ? "billion_instructions" : "cpu_seconds", round.cost},
                    {"ops" + per, round.ops_rate()}});
  }
  return {{"engine", engine.string()},
          {"ops" + per, ops_rate(rounds)},
          {"executions" + per, executions_rate(rounds)},
          {"rounds", std::move(rows)}};
}

// The error, if any.
std::string measure_round(const ComparedTrees& trees, const EnginePlan& plan, bool ours_first,
                          TreeComparison& comparison) {
  const ScratchFolder scratch(folder_in_memory());
  write_engine_seeds(plan, scratch.path());
  for (const bool first : {true, false}) {
    const bool ours = first == ours_first;
    EngineMeasure measure = measure_engine(ours ? trees.ours : trees.against, "all", plan,
                                           plan.executions, scratch.path());
    if (!measure.error.empty()) return measure.error;
    (ours ? comparison.ours : comparison.against).push_back(std::move(measure));
  }
  return {};
}

}  // namespace

std::vector<double> TreeComparison::ratios() const {
  std::vector<double> ratios;
  for (std::size_t i = 0; i < ours.size() && i < against.size(); ++i) {
    const double theirs = against[i].ops_rate();
    ratios.push_back(theirs > 0 ? ours[i].ops_rate() / theirs : 0);
  }
  return ratios;
}

TreeComparison compare_trees(const ComparedTrees& trees, const EnginePlan& plan,
                             std::size_t rounds) {
  TreeComparison comparison;
  comparison.unit = plan.unit;
  for (std::size_t round = 0; round < rounds && comparison.error.empty(); ++round) {
    EnginePlan of_round = plan;
    of_round.seed += round;
    comparison.error = measure_round(trees, of_round, round % 2 == 0, comparison);
  }
  return comparison;
}

nlohmann::json to_json(const TreeComparison& comparison, const ComparedTrees& trees) {
  const std::vector<double> ratios = comparison.ratios();
  const auto [least, most] = std::minmax_element(ratios.begin(), ratios.end());
  nlohmann::json ratio = {{"median", median_of(ratios)},
                          {"min", ratios.empty() ? 0 : *least},
                          {"max", ratios.empty() ? 0 : *most},
                          {"rounds", ratios}};
  return {{"ours", tree_json(comparison.ours, trees.ours, comparison.unit)},
          {"against", tree_json(comparison.against, trees.against, comparison.unit)},
          {"ratio", std::move(ratio)}};
}

void print_comparison(const TreeComparison& comparison, const ComparedTrees& trees) {
  const auto row = [](const char* name, const std::vector<EngineMeasure>& rounds,
                      const fs::path& engine) {
    fmt::print("{:<8} {:>12.0f} {:>12.0f}  {}\n", name, ops_rate(rounds), executions_rate(rounds),
               engine.string());
  };
  const std::string_view unit = to_string(comparison.unit);
  fmt::print("per {}\n\n{:<8} {:>12} {:>12}\n", unit, "", "ops", "executions");
  row("ours", comparison.ours, trees.ours);
  row("against", comparison.against, trees.against);
  const std::vector<double> ratios = comparison.ratios();
  if (ratios.empty()) return;
  const auto [least, most] = std::minmax_element(ratios.begin(), ratios.end());
  fmt::print(
      "\nours runs {:.2f} times the ops per {} of against (median of {} rounds, {:.2f} to "
      "{:.2f})\n",
      median_of(ratios), unit, ratios.size(), *least, *most);
}

}  // namespace hobnail
