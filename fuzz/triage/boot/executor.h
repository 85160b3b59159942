// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The executor: plays programs one after the other in a child, which lives until its target ends
// it; then there is a new one. What a boot does to the process it runs in is an answer like any
// other.
//
// Invariant: play() always comes back, within some seconds more than a boot may take.
#pragma once

#include <string>

#include "fuzz/process/worker_process.h"
#include "fuzz/triage/boot/worker.h"
#include "fuzz/triage/execution/execution.h"

namespace hobnail {

class Executor {
 public:
  Executor(const hobnail_target& target, const oracle::RunOptions& run, const Limits& limits);
  ~Executor();
  Executor(const Executor&) = delete;
  Executor& operator=(const Executor&) = delete;

  // Programs of more than kOpsMax ops lose what is beyond. Throws std::runtime_error when no child
  // can be had.
  [[nodiscard]] Execution play(const oracle::Program& program, bool trace = false);

  // Of the program that was played last.
  [[nodiscard]] const SharedState& shared() const { return *board_; }

  // What comes next is played in a new child.
  void start_afresh() { process_.stop(); }

  std::uint64_t executions = 0;
  std::uint64_t ops = 0;

 private:
  SharedState* board_ = nullptr;
  WorkerProcess process_;
};

}  // namespace hobnail
