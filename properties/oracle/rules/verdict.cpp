// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Which rules speak.
#include "properties/oracle/rules/verdict.h"

#include <utility>

namespace hobnail::oracle {
namespace {

// A check has no argument that would say whose boot it is about; every call comes from one thread.
const RuleSet* g_listening = nullptr;

}  // namespace

void RuleSet::add_only(RuleId rule) {
  if (!std::exchange(selected_, true)) off_.set();
  off_.reset(index_of(rule));
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

}  // namespace hobnail::oracle
