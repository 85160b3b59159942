// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Tally: the runs and the findings of a command: printed as they happen, written as JSON at the
// end.
//
// Invariant: the counts are of all outcomes taken so far.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "properties/oracle/lockstep/lockstep.h"

namespace hobnail {

class Tally {
 public:
  explicit Tally(bool quiet) : quiet_(quiet) {}

  // A program that was run or skipped. `name`: its file, or what stands for one;
  // `more`: further keys of the finding.
  void take(const std::string& name, const oracle::Program& program, const oracle::Outcome& outcome,
            const nlohmann::json& more = nlohmann::json::object());
  // The same without a word, and a finding is none of this run.
  void count(const oracle::Outcome& outcome);
  // A finding of a program that was counted before.
  void add_finding(const std::string& name, const oracle::Program& program,
                   const oracle::Finding& finding, const nlohmann::json& more);
  // Findings and counts.
  [[nodiscard]] nlohmann::json json(double seconds) const;

  std::size_t played = 0;
  std::size_t skipped = 0;  // their board is not one that this build has
  std::size_t findings = 0;
  std::size_t ops = 0;

 private:
  bool quiet_;
  nlohmann::json records_ = nlohmann::json::array();
  nlohmann::json hints_ = nlohmann::json::array();
};

// One line a call, and its effects. `outcome`: with a trace.
void print_trace(const oracle::Program& program, const oracle::Outcome& outcome);

}  // namespace hobnail
