// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Suite: the main of a property suite. It draws with a fixed seed, writes every program to a file
// before it runs it (a crash leaves the program that caused it), and prints a failure as a program.
//
// Invariant: a suite passes only if no claim was refuted and every state was reached as often as
// reach() demands.
//
//   HOBNAIL_TARGET        the target; our core when unset
//   HOBNAIL_STANDARD      pi or strict; strict for our core, pi for another target when unset
//   HOBNAIL_SEED          another seed than the fixed one
//   HOBNAIL_CASES         per cent of the usual number of cases, 100 when unset
//   HOBNAIL_LAST_PROGRAM  file for the program that is running; last-<suite>.boot when unset
#pragma once

#include <rapidcheck.h>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "properties/claims/claim.h"
#include "properties/claims/outcomes.h"
#include "properties/oracle/lockstep/lockstep.h"
#include "properties/suites/support/program_generator.h"

namespace hobnail::oracle {

class Suite {
 public:
  // Ends the process with one line and exit 2 when the environment does not make sense.
  explicit Suite(std::string noun);

  [[nodiscard]] const hobnail_target& target() const { return *target_; }
  // Programs of PEI alone, so that a property can append calls of its services.
  [[nodiscard]] rc::Gen<Program> programs(const Shape& shape = nullptr) const {
    return arbitrary_program(*target_, [shape](Program program) {
      program = within_pei(std::move(program));
      return shape ? shape(std::move(program)) : program;
    });
  }
  // Programs that may go on to DXE and to the operating system.
  [[nodiscard]] rc::Gen<Program> boots(const Shape& shape = nullptr) const {
    return arbitrary_program(*target_, shape);
  }

  // Tries to refute a claim, a sentence in the present tense, with `cases` cases.
  template <typename Property>
  void claim(const std::string& sentence, int cases, Property&& property) {
    check(sentence, cases, rc::detail::toProperty(std::forward<Property>(property)));
  }

  // Tries to refute the claims of properties/claims that are of this suite and of the standard.
  void try_claims();

  // Runs a program, which is in the file before. Without a consumer in the options, ours takes
  // over.
  [[nodiscard]] Outcome play(const Program& program, const RunOptions& options = {}) const;
  [[nodiscard]] Outcome play_on(const hobnail_target& target, const Program& program,
                                const RunOptions& options = {}) const;

  // Runs it and refutes the claim when there is a finding.
  Outcome agree(const Program& program, const RunOptions& options = {});

  // Refutes the claim with this program. Inside a property only.
  [[noreturn]] void refute(const Program& program, const std::string& why);

  // Notes whether a case reached a state; at the end at least `percent` of its cases must have.
  void reach(const std::string& state, bool reached, unsigned percent);

  // Prints what was reached. The exit code of the suite.
  [[nodiscard]] int verdict();

 private:
  struct State {
    std::uint64_t reached = 0;
    std::uint64_t cases = 0;
    unsigned percent = 0;
  };

  void try_case(const Claim& claim);
  void check(const std::string& sentence, int cases, const rc::detail::Property& property);
  void report_failure(const std::string& sentence, const rc::detail::TestResult& result);
  [[nodiscard]] std::string failed_file() const;

  std::string noun_;
  std::string last_file_;
  std::string last_failure_;  // of the claim that is being tried
  std::uint64_t seed_ = 0;
  std::uint64_t cases_percent_ = 100;
  const hobnail_target* target_ = nullptr;
  Standard standard_ = Standard::Strict;
  unsigned claims_ = 0;
  unsigned refuted_ = 0;
  std::map<std::string, State> states_;
};

}  // namespace hobnail::oracle
