// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// From a program to bytes, and from what came back to a execution.
#include "fuzz/triage/boot/executor.h"

#include <sys/mman.h>

#include <new>
#include <optional>
#include <stdexcept>
#include <utility>

#include "fuzz/crash/crash_report.h"
#include "properties/oracle/isolation/outcome_bytes.h"
#include "properties/oracle/program/bytes/codec_bytes.h"

namespace hobnail {
namespace {

using oracle::Outcome;
using oracle::Program;

SharedState* shared_blackboard() {
  void* const memory =
      mmap(nullptr, sizeof(SharedState), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::runtime_error("no memory to share with a child");
  return new (memory) SharedState;
}

}  // namespace

Executor::Executor(const hobnail_target& target, const oracle::RunOptions& run,
                   const Limits& limits)
    : board_(shared_blackboard()),
      process_(
          [&target, run, limits, board = board_] {
            be_worker({&target, run, limits.seconds, board});
          },
          limits) {}

Executor::~Executor() {
  process_.stop();
  munmap(board_, sizeof(SharedState));
}

Execution Executor::play(const Program& program, bool trace) {
  ++executions;
  board_->context = {};
  Execution execution;
  const WorkerReply reply = process_.ask(oracle::encode_bytes(program), trace);
  std::optional<Outcome> outcome;
  if (reply.heard == Heard::Reply) outcome = oracle::outcome_of(reply.bytes);
  if (outcome) execution.outcome = std::move(*outcome);
  execution.context = board_->context;
  if (!outcome || reply.last) {
    execution.death = read_end(process_.reap(reply.heard));
    name_end(execution, process_.limits().seconds, process_.limits().memory_mb);
  } else {
    const bool stopped = execution.found() &&
                         execution.outcome.finding->evidence.starts_with("the target stopped: ");
    if (stopped) execution.kind = FindingKind::Stop;
  }
  ops += execution.outcome.ops_run;
  return execution;
}

}  // namespace hobnail
