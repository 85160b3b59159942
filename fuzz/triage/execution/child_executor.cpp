// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// From the reply of a child, or from its end, to an execution.
#include "fuzz/triage/execution/child_executor.h"

#include <optional>
#include <utility>

#include "fuzz/crash/crash_report.h"
#include "properties/oracle/isolation/outcome_bytes.h"

namespace hobnail {

ChildExecutor::ChildExecutor(WorkerProcess::Work work, const Limits& limits, std::string what,
                             SharedState* shared)
    : process_(std::move(work), limits), what_(std::move(what)), shared_(shared) {}

Execution ChildExecutor::run(std::span<const std::uint8_t> bytes, bool trace) {
  ++executions;
  if (shared_ != nullptr) shared_->context = {};
  Execution execution;
  const WorkerReply reply = process_.ask(bytes, trace);
  std::optional<oracle::Outcome> outcome;
  if (reply.heard == Heard::Reply) outcome = oracle::outcome_of(reply.bytes);
  if (outcome) execution.outcome = std::move(*outcome);
  if (shared_ != nullptr) execution.context = shared_->context;
  if (!outcome || reply.last) {
    const Limits& limits = process_.limits();
    execution.death = read_end(process_.reap(reply.heard));
    name_end(execution, limits.seconds, limits.memory_mb, what_);
  }
  if (execution.found()) complete(bytes, execution);
  ops += execution.outcome.ops_run;
  return execution;
}

}  // namespace hobnail
