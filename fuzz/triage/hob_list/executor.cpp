// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The assertions of core's readers, and the class of a list.
#include "fuzz/triage/hob_list/executor.h"

#include <string>

#include "fuzz/triage/hob_list/conditions.h"
#include "fuzz/triage/hob_list/worker.h"
#include "properties/oracle/hob_list_input/list_bytes.h"
#include "properties/oracle/rules/rules.h"

namespace hobnail {
namespace {

using oracle::CallClass;

// What core says when an assertion of its own does not hold, and there is no host to tell it to:
// "hobnail: core is wrong: core/x.cpp:12: words".
void take_assertion(Execution& execution, const std::string& said) {
  if (execution.outcome.finding->rule != oracle::rule_name(oracle::RuleId::TargetStop)) return;
  execution.kind = FindingKind::Stop;
  constexpr std::string_view kMark = "core is wrong: ";
  const std::size_t at = said.find(kMark);
  if (at == std::string::npos) return;
  const std::size_t from = at + kMark.size();
  execution.outcome.finding->evidence =
      "the target stopped: " + said.substr(from, said.find('\n', from) - from);
}

}  // namespace

ListExecutor::ListExecutor(const oracle::ListReaders& readers, const Limits& limits)
    : ChildExecutor(
          [readers, limits] {
            be_list_worker({readers, limits.seconds});
          },
          limits, "reading the list") {}

void ListExecutor::complete(std::span<const std::uint8_t> bytes, Execution& execution) const {
  if (!execution.death.how.empty()) {
    take_assertion(execution, execution.death.report);
  } else if (execution.outcome.finding->evidence.starts_with("the consumer stopped: ")) {
    execution.kind = FindingKind::Stop;
  }
  add_call_class(bytes, execution);
}

void add_call_class(std::span<const std::uint8_t> bytes, Execution& execution) {
  const bool refused = must_be_refused(oracle::decode_hobs(bytes));
  execution.outcome.finding->calls = refused ? CallClass::Hostile : CallClass::Contract;
}

}  // namespace hobnail
