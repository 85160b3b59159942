// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// FuzzCampaign: all that one fuzz target does in its share of the time. It leaves the inputs that
// failed, and counts; triage classifies them.
//
//   work/<noun>/seeds      made anew from corpus/        work/<noun>/artifacts  inputs that failed
//   work/<noun>/grown      stays between runs            work/<noun>/scratch    the engine's own
//   work/<noun>/earlier    inputs that failed in runs that ended before their triage
//
// Invariant: nothing is ever written below corpus/, and no process outlives play().
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "fuzz/campaign/failures.h"
#include "fuzz/campaign/fuzz_target.h"
#include "fuzz/campaign/libfuzzer_command.h"
#include "fuzz/targets/counters.h"
#include "fuzz/terminal/progress_line.h"

namespace hobnail {

// What all campaigns of a run share.
struct FuzzPlan {
  std::filesystem::path work, corpus;
  int jobs = 1;
  std::uint32_t seed = 0;  // 0: each process draws its own
  std::uint64_t runs = 0;  // of each target, one process at a time; 0: as the time allows
  double fork_from = 60;   // seconds of a target from which on its engine forks
  bool stop_at_first = false;
  // Called now and then while the targets run: to write down how far they have come.
  std::function<void()> checkpoint;
};

// What it came to.
struct FuzzFigures {
  std::uint64_t executions = 0, ops = 0, cov = 0, ft = 0;
  std::size_t seeds = 0, corpus = 0, new_units = 0, restarts = 0, failures = 0;
  std::array<std::uint64_t, 64> known{}, noted{};  // of SharedCounters
  double seconds = 0;
  bool initialized = false;                               // an engine has run all seeds
  bool out_of_time = false;                               // engines were running at the end
  std::filesystem::path artifacts;                        // the folder of inputs that failed
  std::vector<std::filesystem::path> failed;              // regressions, where they stand
  std::vector<std::pair<double, std::uint64_t>> history;  // (second, edges)
};

class FuzzCampaign {
 public:
  FuzzCampaign(const FuzzPlan& plan, FuzzTarget target, Failures& failures, ProgressLine& progress);

  // Folders and seeds. What a run that was killed has left is kept: its inputs that failed, in
  // earlier/, and what it had added to the corpus. Throws std::runtime_error.
  void prepare();
  // The inputs of bugs that are fixed. Those beyond the time are left to the engine, as seeds.
  void replay_regressions(double seconds);
  // May be called again, and goes on from where it came to. Throws std::runtime_error when the
  // target cannot run at all.
  void play(double seconds);
  // The grown corpus: the smallest that has its coverage; unchanged when the time is not enough.
  void tidy(double seconds);

  [[nodiscard]] const FuzzTarget& target() const { return target_; }
  [[nodiscard]] const FuzzFigures& figures() const { return figures_; }
  // Inputs that this run has added to the grown corpus.
  [[nodiscard]] std::vector<std::filesystem::path> new_inputs() const;
  // The time is over for all: Ctrl-C, or the first failure where that is enough.
  [[nodiscard]] bool enough() const;

 private:
  using Clock = std::chrono::steady_clock;
  struct Engine;

  void play_with(std::size_t processes, bool forks);
  [[nodiscard]] std::unique_ptr<Engine> start(bool forks);
  void watch(std::vector<std::unique_ptr<Engine>>& engines, bool forks);
  void stop(std::vector<std::unique_ptr<Engine>>& engines);
  void complain_of(Engine& engine);
  void observe(const std::vector<std::unique_ptr<Engine>>& engines);
  void collect_artifacts();
  void write_seeds();
  void keep_earlier();
  void recover_grown();
  void quarantine(const std::filesystem::path& artifact);
  void count();
  void harvest();

  const FuzzPlan& plan_;
  FuzzTarget target_;
  Failures& failures_;
  ProgressLine& progress_;
  std::filesystem::path home_, seeds_, grown_, artifacts_, scratch_;
  SharedCounters* counters_ = nullptr;
  Clock::time_point begin_, end_;
  FuzzFigures before_;  // what earlier calls of play() came to
  std::size_t started_ = 0;
  std::set<std::string> collected_, grown_before_;
  FuzzFigures figures_;
};

}  // namespace hobnail
