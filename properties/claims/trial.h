// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Trial: one attempt to refute a claim: the target, the boots of the attempt, and the numbers that
// a claim picks beside the program. All picks come from one number, the variant.
//
// Invariant: the same program, variant, target and rules make the same trial.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>

#include "properties/abi/hobnail_target.h"
#include "properties/oracle/boot/run.h"
#include "properties/oracle/program/program.h"

namespace hobnail::oracle {

struct TrialSetup {
  const hobnail_target* target = nullptr;
  RuleSet rules;    // with the standard
  BoardSet boards;  // a trial that needs another board is not run
  DxeConsumer* consumer = nullptr;
  CallPolicy policy = CallPolicy::TargetDecides;  // of calls that PI forbids
  bool thorough_sample = false;                   // RunOptions::thorough_sample
  double seconds = 20;                            // of a boot in a process of its own
  // Called before each boot, and with each state that a trial reached or not.
  std::function<void(const Program&)> before_boot;
  std::function<void(const std::string& state, bool reached, unsigned percent)> reach;
};

// Thrown: the claim does not hold for this program.
struct Refutation {
  Program program;  // the one whose boot shows it
  std::string why;
  std::optional<Finding> finding;  // a rule is violated: no claim is needed to see it
};

// Thrown: the board is not one of this run.
struct NotRun {};

class Trial {
 public:
  Trial(const TrialSetup& setup, std::uint64_t variant) : setup_(setup), variant_(variant) {}

  [[nodiscard]] const hobnail_target& target() const { return *setup_.target; }
  [[nodiscard]] bool strict() const { return setup_.rules.strict(); }
  [[nodiscard]] const BoardSet& boards() const { return setup_.boards; }
  [[nodiscard]] bool has_board(std::uint8_t number) const;

  // A number in [low, high); low when that is empty.
  [[nodiscard]] std::uint64_t pick(std::uint64_t low, std::uint64_t high);
  // Calls that reached the target.
  [[nodiscard]] std::size_t ops() const { return ops_; }
  // Another variant may be another trial.
  [[nodiscard]] bool has_picked() const { return has_picked_; }
  template <typename T>
  [[nodiscard]] T pick_of(std::initializer_list<T> values) {
    return values.begin()[static_cast<std::ptrdiff_t>(pick(0, values.size()))];
  }

  // Runs a program.
  [[nodiscard]] Outcome play(const Program& program, const RunOptions& options = {});
  // Runs it, and refutes the claim when there is a finding.
  Outcome agree(const Program& program, const RunOptions& options = {});
  // The same in a process where all boards lie `shift` bytes higher.
  Outcome agree_shifted(const Program& program, std::uint64_t shift,
                        const RunOptions& options = {});

  // Refutes the claim with this program.
  [[noreturn]] static void refute(const Program& program, const std::string& why);

  // Notes whether the trial reached a state, as `percent` of them should.
  void reach(const std::string& state, bool reached, unsigned percent);

 private:
  [[nodiscard]] RunOptions complete(const RunOptions& options) const;
  Outcome judge(const Program& program, Outcome outcome);

  const TrialSetup& setup_;
  std::uint64_t variant_;
  bool has_picked_ = false;
  std::size_t ops_ = 0;
};

}  // namespace hobnail::oracle
