// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// EnumerationRun: runs every program of the domain, by length, on each board, from a checkpoint on;
// and writes the checkpoint every ten seconds and at the end.
//
//   length 0: board A, board B;  length 1: board A, board B; ...
//
// Invariants: a program runs once; what the file of --resume says is done has been run.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "fuzz/command/known/known_hunt.h"
#include "fuzz/command/options/target_options.h"
#include "fuzz/enumeration/checkpoint.h"
#include "fuzz/terminal/progress_line.h"

namespace hobnail {

struct EnumerationPlan {
  TargetOptions target;  // --isolate is set
  std::size_t ops = 4;
  Part part;
  double seconds = 0;  // time limit of all; 0: none
  std::string resume;  // file of the checkpoint; empty: none
  bool quiet = false;
};

class EnumerationRun {
 public:
  // `known`: of `run`.
  EnumerationRun(const EnumerationPlan& plan, Checkpoint from, const hobnail_target& target,
                 const oracle::RunOptions& run, KnownHunt& known);

  // False: it was interrupted, or the time is over.
  bool run();

  [[nodiscard]] const Checkpoint& state() const { return state_; }
  // Programs of exactly so many ops on one board: of the whole domain.
  [[nodiscard]] std::uint64_t count(std::size_t ops) { return order_.count(ops); }
  [[nodiscard]] double seconds() const;  // of all runs

 private:
  using Clock = std::chrono::steady_clock;

  struct Current;  // the programs that run now

  bool run_length(BoardWalk& walk, std::size_t length);
  bool take(Current& current, std::size_t i, const oracle::Outcome& outcome);
  void take_finding(Current& current, std::uint64_t index, const oracle::Outcome& outcome);
  void show(const Current& current, std::size_t done);
  void save(bool now);

  const EnumerationPlan& plan_;
  Checkpoint state_;
  const hobnail_target& target_;
  const oracle::RunOptions& run_;
  KnownHunt& known_;
  ProgramOrder order_;
  ProgressLine progress_;
  Clock::time_point begin_;
  Clock::time_point next_save_;
};

}  // namespace hobnail
