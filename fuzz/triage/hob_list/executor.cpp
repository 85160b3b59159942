// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// From a list to bytes, and from what came back to a execution.
#include "fuzz/triage/hob_list/executor.h"

#include <optional>
#include <string>
#include <utility>

#include "fuzz/crash/crash_report.h"
#include "fuzz/triage/hob_list/conditions.h"
#include "fuzz/triage/hob_list/worker.h"
#include "properties/oracle/hob_list_input/list_bytes.h"
#include "properties/oracle/isolation/outcome_bytes.h"
#include "properties/oracle/rules/rules.h"

namespace hobnail {
namespace {

using oracle::CallClass;
using oracle::HobListInput;
using oracle::Outcome;

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
    : process_(
          [readers, limits] {
            be_list_worker({readers, limits.seconds});
          },
          limits) {}

void ListExecutor::reap(Execution& execution, Heard heard) {
  const Limits& limits = process_.limits();
  execution.death = read_end(process_.reap(heard));
  name_end(execution, limits.seconds, limits.memory_mb, "reading the list");
  take_assertion(execution, execution.death.report);
}

Execution ListExecutor::play(const HobListInput& list, bool /*trace*/) {
  ++executions;
  Execution execution;
  const WorkerReply reply = process_.ask(oracle::encode_hobs(list), false);
  std::optional<Outcome> outcome;
  if (reply.heard == Heard::Reply) outcome = oracle::outcome_of(reply.bytes);
  if (outcome) execution.outcome = std::move(*outcome);
  if (!outcome || reply.last) reap(execution, reply.heard);
  if (execution.found()) {
    const bool refused = must_be_refused(list);
    execution.outcome.finding->calls = refused ? CallClass::Hostile : CallClass::Contract;
  }
  return execution;
}

}  // namespace hobnail
