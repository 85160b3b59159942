// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Verdict: the result of a check. A rule that does not hold is reported by a call, report(), which
// is given the rules that are enabled: where the rule is disabled, the check passes and the rest of
// the boot is checked as ever.
//
//   passed       nothing is wrong
//   suppressed   something is, and its rule is disabled: go on as if it held
//   reported     a finding
//   ended        its rule is disabled, and nothing is left that could be checked
//
// A check that rests on practice instead of PI is reported by report_practice(): under Standard::Pi
// it passes, and the boot continues with what the target did as the truth.
//
// Invariant: `if (verdict)` is true for the last two, which a caller passes on at once.
#pragma once

#include <bitset>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "properties/oracle/rules/rule_id.h"
#include "properties/oracle/rules/standard.h"

namespace hobnail::oracle {

// The rules that are enabled, and the standard: all of them, and strict, at first.
class RuleSet {
 public:
  RuleSet() = default;
  explicit RuleSet(Standard standard) : standard_(standard) {}

  // Only the rules that calls of this name.
  void add_only(RuleId rule);
  void remove(RuleId rule) { off_.set(index_of(rule)); }
  [[nodiscard]] bool has(RuleId rule) const { return !off_[index_of(rule)]; }
  [[nodiscard]] bool empty() const { return off_.all(); }
  void set_standard(Standard standard) { standard_ = standard; }
  [[nodiscard]] Standard standard() const { return standard_; }
  // Whether practice is required too.
  [[nodiscard]] bool strict() const { return standard_ == Standard::Strict; }

 private:
  Standard standard_ = Standard::Strict;
  bool selected_ = false;
  std::bitset<kRuleCount> off_;
};

inline const RuleSet kAllRules;

class [[nodiscard]] Verdict {
 public:
  Verdict() = default;
  Verdict(std::nullopt_t) {}  // NOLINT(google-explicit-constructor): passed

  explicit operator bool() const { return state_ == State::Reported || state_ == State::Ended; }
  [[nodiscard]] bool passed() const { return state_ == State::Passed; }
  [[nodiscard]] bool suppressed() const { return state_ == State::Suppressed; }
  [[nodiscard]] bool reported() const { return state_ == State::Reported; }
  // Only of one that is not passed.
  [[nodiscard]] RuleId rule() const { return rule_; }
  // What was expected, and what was seen; only of one that is reported.
  [[nodiscard]] const std::string& evidence() const { return *evidence_; }
  // Keeps the first that did not pass; a later one adds nothing.
  void keep_first(Verdict other) {
    if (passed()) *this = std::move(other);
  }

 private:
  friend Verdict report(const RuleSet& rules, RuleId rule, std::string evidence);
  friend Verdict report_last(const RuleSet& rules, RuleId rule, std::string evidence);
  friend Verdict pass_over(RuleId rule);

  enum class State : std::uint8_t { Passed, Suppressed, Reported, Ended };
  Verdict(State state, RuleId rule) : state_(state), rule_(rule) {}

  State state_ = State::Passed;
  RuleId rule_{};
  std::unique_ptr<const std::string> evidence_;  // small while nothing is wrong
};

// The rule does not hold: reported, or suppressed where `rules` does not have it.
[[nodiscard]] Verdict report(const RuleSet& rules, RuleId rule, std::string evidence);
// As report(), where PI leaves the target free and practice does not: passes under Standard::Pi.
[[nodiscard]] Verdict report_practice(const RuleSet& rules, RuleId rule, std::string evidence);
// As report(), where no later check would mean anything (there is no list to read, say): reported,
// or ended.
[[nodiscard]] Verdict report_last(const RuleSet& rules, RuleId rule, std::string evidence);

// The rule does not hold, which is noted elsewhere: suppressed.
[[nodiscard]] Verdict pass_over(RuleId rule);

}  // namespace hobnail::oracle
