// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// SuiteHunt: tries claims in turn, with programs of the swarm generator, until the time or the
// cases are over or there are enough findings. A finding is minimized: that of a claim as a program
// that refutes the claim, that of a rule as the one boot that violates it. For one that a new
// process does not show, a history is searched for.
//
// Invariants: case number i of a seed is the same whatever was tried before it; a claim that fell
// is not tried again.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "fuzz/command/suites/claim_executor.h"
#include "fuzz/command/suites/suite_choice.h"
#include "fuzz/terminal/progress_line.h"
#include "fuzz/triage/state/state_finding.h"

namespace hobnail {

class KnownHunt;

struct SuitePlan {
  ClaimList claims;
  double seconds = 10;
  std::size_t cases = 0;  // of each claim, instead of the time; 0: by time
  std::uint64_t seed = 1;
  std::size_t ops = 60;      // of a program, at most
  double op_seconds = 20;    // of one op
  std::size_t findings = 1;  // after so many it ends
  bool quiet = false;
  // Takes rule violations of known issues, which are no findings then; null: there are none.
  KnownHunt* known = nullptr;
};

struct SuiteFinding {
  const oracle::Claim* claim = nullptr;
  std::string rule;         // the violated rule, or the claim's full name
  bool by_rule = false;     // `shown` violates a rule by itself
  bool reproduced = true;   // by_rule: when `shown` is run alone
  oracle::Program program;  // that the claim is tried with
  oracle::Program shown;    // the boot that shows it: made of `program` by the claim
  std::string why;
  std::size_t op = 0;  // by_rule: of `shown`
  std::string_view call_class = "contract";
  std::uint64_t variant = 0;
  std::size_t number = 0;  // of the case
  // A new process does not show it with this program: the boots of earlier cases matter.
  bool needs_history = false;
  std::optional<StateFinding> state;  // when such boots were found; its boot is `shown`
};

struct ClaimCount {
  std::size_t cases = 0;       // that were run
  std::size_t skipped = 0;     // their board is not one of this run
  std::size_t violations = 0;  // a rule was violated: nothing is known of the claim
  bool fell = false;
};

class SuiteHunt {
 public:
  SuiteHunt(const SuitePlan& plan, const hobnail_target& target, const oracle::RunOptions& run);

  void run();
  // One program, with this variant; or, with none, with the first 256.
  void replay(const oracle::Program& program, const std::uint64_t* variant);

  [[nodiscard]] const std::vector<SuiteFinding>& findings() const { return findings_; }
  [[nodiscard]] const std::vector<ClaimCount>& counts() const { return counts_; }
  [[nodiscard]] std::size_t cases() const;
  [[nodiscard]] std::size_t ops() const { return static_cast<std::size_t>(executor_.ops); }
  [[nodiscard]] double seconds() const;

 private:
  using Clock = std::chrono::steady_clock;

  // A program and a variant.
  struct Case {
    oracle::Program program;
    std::uint64_t variant = 0;
  };
  [[nodiscard]] Case case_of(std::size_t number) const;
  bool take(std::size_t claim, std::size_t number);
  void take_violation(SuiteFinding finding, const oracle::Finding& found);
  void take_refutation(SuiteFinding finding, const Execution& first);
  // Whether a new process refutes the claim of the finding.
  [[nodiscard]] bool refutes_afresh(const SuiteFinding& finding);
  // For `finding.shown`, among the boots of the cases so far.
  void search_history(SuiteFinding& finding);
  void show_progress();

  const SuitePlan& plan_;
  const hobnail_target& target_;
  const oracle::RunOptions& run_;
  ClaimExecutor executor_;
  ProgressLine progress_;
  Clock::time_point begin_;
  std::vector<SuiteFinding> findings_;
  std::vector<ClaimCount> counts_;
  std::set<std::string> looks_;  // of rule violations that were reported
};

}  // namespace hobnail
