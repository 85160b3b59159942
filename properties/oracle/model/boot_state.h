// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// BootState: a boot as checks see it, read only: the board, the model, the HOB list as it stands,
// and the rules that are enabled.
#pragma once

#include <string>
#include <utility>

#include "properties/oracle/board/board.h"
#include "properties/oracle/model/list_snapshot.h"
#include "properties/oracle/model/model.h"
#include "properties/oracle/rules/verdict.h"

namespace hobnail::oracle {

struct BootState {
  const Board& board;
  const Model& model;
  const HobListSnapshot& snapshot;
  const RuleSet& rules = kAllRules;
  bool checked = true;  // otherwise no invariant is checked: RunOptions::check_invariants
};

[[nodiscard]] inline Verdict report(const BootState& now, RuleId rule, std::string evidence) {
  return report(now.rules, rule, std::move(evidence));
}
[[nodiscard]] inline Verdict report_practice(const BootState& now, RuleId rule,
                                             std::string evidence) {
  return report_practice(now.rules, rule, std::move(evidence));
}

}  // namespace hobnail::oracle
