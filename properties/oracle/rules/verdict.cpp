// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Which rules speak.
#include "properties/oracle/rules/verdict.h"

#include <algorithm>
#include <utility>

#include "properties/oracle/rules/rules.h"

namespace pei::oracle {
namespace {

// A check has no argument that would say whose boot it is about; every call comes from one thread.
const RuleSet* g_listening = nullptr;

constexpr std::size_t kUnknown = 64;

std::size_t row_number(std::string_view id) {
  const std::span<const Rule> all = rules();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Rule& rule) { return rule.id == id; });
  return found == all.end() ? kUnknown : static_cast<std::size_t>(found - all.begin());
}

}  // namespace

bool RuleSet::add_only(std::string_view id) {
  const std::size_t row = row_number(id);
  if (row == kUnknown) return false;
  if (!std::exchange(selected_, true)) off_.set();
  off_.reset(row);
  return true;
}

bool RuleSet::remove(std::string_view id) {
  const std::size_t row = row_number(id);
  if (row == kUnknown) return false;
  off_.set(row);
  return true;
}

bool RuleSet::has(std::string_view id) const {
  const std::size_t row = row_number(id);
  return row == kUnknown || !off_[row];
}

Listening::Listening(const RuleSet& rules) { g_listening = &rules; }

Listening::~Listening() { g_listening = nullptr; }

Verdict::Verdict(Violation violation)
    : violation_(std::make_shared<const Violation>(std::move(violation))) {
  if (g_listening == nullptr || g_listening->has(violation_->rule)) {
    state_ = State::Speaks;
  } else {
    state_ = violation_->last ? State::Ends : State::Muted;
  }
}

}  // namespace pei::oracle
