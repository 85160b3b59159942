// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// From the reply of a child, or from its end, to an execution.
#include "fuzz/triage/execution/child_executor.h"

#include <sys/wait.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "fuzz/crash/crash_report.h"
#include "properties/oracle/isolation/outcome_bytes.h"

namespace hobnail {

namespace {

// fork_child() ends a child so whose harness has thrown: for lack of memory or descriptors, say.
void throw_when_unable(const WorkerEnd& end) {
  constexpr std::string_view kMark = "hobnail: board ";
  const std::size_t at = end.output.rfind(kMark);
  if (!WIFEXITED(end.status) || WEXITSTATUS(end.status) != 2 || at == std::string::npos) return;
  const std::string line = end.output.substr(at, end.output.find('\n', at) - at);
  throw std::runtime_error(line.substr(std::string_view("hobnail: ").size()));
}

}  // namespace

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
    const WorkerEnd end = process_.reap(reply.heard);
    throw_when_unable(end);
    execution.death = read_end(end);
    name_end(execution, limits.seconds, limits.memory_mb, what_);
  }
  if (execution.found()) complete(bytes, execution);
  ops += execution.outcome.ops_run;
  return execution;
}

}  // namespace hobnail
