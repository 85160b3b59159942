// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "properties/oracle/coverage/scenario_coverage.h"

#include <algorithm>

#include "properties/oracle/coverage/coverage_rules.h"
#include "properties/oracle/rules/rules.h"

namespace hobnail::oracle {
namespace {

constexpr std::size_t kConditions = static_cast<std::size_t>(Condition::Count);

std::size_t index_of(const Cell& cell) {
  const auto condition = static_cast<std::size_t>(cell.condition);
  const auto phase = static_cast<std::size_t>(cell.phase);
  return ((cell.step * kConditions + condition) * kBootPhases + phase) * kReplies +
         static_cast<std::size_t>(cell.reply);
}

}  // namespace

void ScenarioCoverage::reached(const Cell& cell) { ++counts_[index_of(cell)]; }

std::uint64_t ScenarioCoverage::count(const Cell& cell) const { return counts_[index_of(cell)]; }

std::vector<Cell> ScenarioCoverage::missing() const {
  std::vector<Cell> cells = wanted_cells();
  std::erase_if(cells, [&](const Cell& cell) { return count(cell) != 0; });
  return cells;
}

std::vector<Cell> ScenarioCoverage::unplanned() const {
  std::vector<Cell> cells;
  for (const CoverageRow& row : coverage_rows()) {
    each_cell(row, [&](const Cell& cell, bool wanted) {
      if (!wanted && count(cell) != 0) cells.push_back(cell);
    });
  }
  return cells;
}

std::vector<std::string_view> ScenarioCoverage::rules_missing() const {
  std::vector<std::string_view> missing;
  for (const Rule& rule : rules()) {
    std::size_t cells = 0;
    std::size_t covered = 0;
    for (const RuleCoverage& where : rule_coverage()) {
      if (where.rule != rule.key) continue;
      ++cells;
      covered += count(where.cell) != 0 ? 1 : 0;
    }
    if (cells == 0 || covered != cells) missing.push_back(rule.id);
  }
  return missing;
}

}  // namespace hobnail::oracle
