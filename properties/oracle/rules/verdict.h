// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Verdict: what a check says. And which rules may speak at all: with one switched off, its checks
// pass and the rest of the boot is judged as ever.
//
//   holds     nothing is wrong
//   muted     something is, and its rule is switched off: go on as if it held
//   speaks    a finding
//   ends      its rule is switched off, and there is nothing left that could be judged
//
// Invariant: `if (verdict)` is true for the last two, which a caller passes on at once.
#pragma once

#include <bitset>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "properties/oracle/rules/rule_id.h"

namespace hobnail::oracle {

// A rule that does not hold, and what was seen.
struct Violation {
  RuleId rule{};
  std::string evidence;
  // No check after this one would mean anything: there is no list to read, say.
  bool last = false;
};

// The rules that are enabled; all of them at first.
class RuleSet {
 public:
  // Only the rules that calls of this name.
  void add_only(RuleId rule);
  void remove(RuleId rule) { off_.set(index_of(rule)); }
  [[nodiscard]] bool has(RuleId rule) const { return !off_[index_of(rule)]; }
  [[nodiscard]] bool empty() const { return off_.all(); }

 private:
  bool selected_ = false;
  std::bitset<kRuleCount> off_;
};

// While it lives, verdicts are formed under this set. One at a time, as there is one boot.
class Listening {
 public:
  explicit Listening(const RuleSet& rules);
  ~Listening();
  Listening(const Listening&) = delete;
  Listening& operator=(const Listening&) = delete;
};

class [[nodiscard]] Verdict {
 public:
  Verdict() = default;
  Verdict(std::nullopt_t) {}     // NOLINT(google-explicit-constructor): what holds says nothing
  Verdict(Violation violation);  // NOLINT(google-explicit-constructor): a check returns what it saw

  explicit operator bool() const { return state_ == State::Speaks || state_ == State::Ends; }
  [[nodiscard]] bool holds() const { return state_ == State::Holds; }
  [[nodiscard]] bool muted() const { return state_ == State::Muted; }
  [[nodiscard]] bool speaks() const { return state_ == State::Speaks; }
  const Violation* operator->() const { return violation_.get(); }
  const Violation& operator*() const { return *violation_; }
  // True for the first that was muted or speaks; a later one adds nothing.
  void keep_first(Verdict other) {
    if (holds()) *this = std::move(other);
  }

 private:
  enum class State : std::uint8_t { Holds, Muted, Speaks, Ends };
  State state_ = State::Holds;
  std::shared_ptr<const Violation> violation_;  // small while nothing is wrong
};

}  // namespace hobnail::oracle
