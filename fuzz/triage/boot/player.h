// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The player: plays programs one after the other in a child, which lives until its target ends it;
// then there is a new one. What a boot does to the process it runs in is an answer like any other.
//
// Invariant: play() always comes back, within some seconds more than a boot may take.
#pragma once

#include <string>

#include "fuzz/process/worker_process.h"
#include "fuzz/triage/boot/worker.h"
#include "fuzz/triage/trial/trial.h"

namespace hobnail {

class Player {
 public:
  Player(const hobnail_target& target, const pei::oracle::RunOptions& run, const Limits& limits);
  ~Player();
  Player(const Player&) = delete;
  Player& operator=(const Player&) = delete;

  // Programs of more than kOpsMax ops lose what is beyond. Throws std::runtime_error when no child
  // can be had.
  [[nodiscard]] Trial play(const pei::oracle::Program& program, bool trace = false);

  // Of the program that was played last.
  [[nodiscard]] const Blackboard& blackboard() const { return *board_; }

  // What comes next is played in a new child.
  void start_afresh() { process_.stop(); }

  std::uint64_t executions = 0;
  std::uint64_t ops = 0;

 private:
  Blackboard* board_ = nullptr;
  WorkerProcess process_;
};

}  // namespace hobnail
