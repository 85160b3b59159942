// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// CoverageRules: the cells in which the checks of each rule are made. A boot that covers them has
// tried the rule. A new rule gets its row here; without one the check of the corpus fails.
//
// Coupling: each cell here is wanted by coverage_table.cpp, so that no rule is tried by luck.
#pragma once

#include <span>

#include "properties/oracle/coverage/coverage_table.h"
#include "properties/oracle/rules/rule_id.h"

namespace hobnail::oracle {

// Checks of this rule are made in that cell. A rule is tried when all its cells are covered.
struct RuleCoverage {
  RuleId rule{};
  Cell cell;
};
[[nodiscard]] std::span<const RuleCoverage> rule_coverage();

}  // namespace hobnail::oracle
