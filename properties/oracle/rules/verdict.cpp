// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Rules that are enabled, and reports under them and their standard.
#include "properties/oracle/rules/verdict.h"

namespace hobnail::oracle {

void RuleSet::add_only(RuleId rule) {
  if (!std::exchange(selected_, true)) off_.set();
  off_.reset(index_of(rule));
}

Verdict report(const RuleSet& rules, RuleId rule, std::string evidence) {
  if (!rules.has(rule)) return {Verdict::State::Suppressed, rule};
  Verdict verdict(Verdict::State::Reported, rule);
  verdict.evidence_ = std::make_unique<const std::string>(std::move(evidence));
  return verdict;
}

Verdict report_practice(const RuleSet& rules, RuleId rule, std::string evidence) {
  if (!rules.strict()) return std::nullopt;
  return report(rules, rule, std::move(evidence));
}

Verdict report_last(const RuleSet& rules, RuleId rule, std::string evidence) {
  if (!rules.has(rule)) return {Verdict::State::Ended, rule};
  return report(rules, rule, std::move(evidence));
}

Verdict pass_over(RuleId rule) { return {Verdict::State::Suppressed, rule}; }

}  // namespace hobnail::oracle
