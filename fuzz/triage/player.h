// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The player: plays programs one after the other in a child, which lives until its target ends it;
// then there is a new one. What a boot does to the process it runs in is an answer like any other.
//
// Invariant: play() always comes back, within some seconds more than a boot may take.
#pragma once

#include <sys/types.h>

#include <string>

#include "fuzz/triage/trial.h"
#include "fuzz/triage/worker.h"

namespace hobnail {

struct Limits {
  double seconds = 5;              // of real time, of one boot; more is a hang
  std::uint64_t memory_mb = 2048;  // that one boot may add to the child; more is out of memory
};

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
  void start_afresh();

  std::uint64_t executions = 0;
  std::uint64_t ops = 0;

 private:
  enum class Heard : std::uint8_t { Reply, Nothing, TooLong, TooMuch };

  void start();
  void stop();
  [[nodiscard]] bool ask(const pei::oracle::Program& program, bool trace);
  [[nodiscard]] Heard listen(pei::oracle::Outcome& outcome, bool& last);
  [[nodiscard]] bool read_reply(pei::oracle::Outcome& outcome, bool& last) const;
  void take_words();
  [[nodiscard]] std::uint64_t memory_mb() const;
  void bury(Trial& trial, Heard heard);

  const hobnail_target& target_;
  pei::oracle::RunOptions run_;
  Limits limits_;
  Blackboard* board_ = nullptr;
  pid_t child_ = -1;
  int channel_ = -1;
  int words_ = -1;
  std::string said_;  // by the child, since the last program
  std::uint64_t memory_before_mb_ = 0;
};

}  // namespace hobnail
