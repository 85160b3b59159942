// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// KnownHunt: known issues while programs run. A finding that the filter (IssueFilter) recognizes is
// counted and kept out of the way. One that it does not recognize is minimized, because the cause
// says whether it is known; of findings that look alike only the 1st, 2nd, 4th, ... are. A new
// cause is reported once.
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "fuzz/triage/record/record.h"
#include "fuzz/triage/triage.h"
#include "properties/oracle/known/issue_filter.h"

namespace hobnail {

// Rule, op and check: findings of the same look are likely to be one bug.
[[nodiscard]] std::string look_of(const oracle::Program& program, const oracle::Finding& finding);

class KnownHunt {
 public:
  // `target`, `run` and `seconds` (of one op): for minimizing. `steer`: leave out the calls that
  // trigger known issues.
  KnownHunt(oracle::KnownIssues issues, const hobnail_target& target, const oracle::RunOptions& run,
            double seconds, bool steer);

  // For RunOptions::known.
  [[nodiscard]] oracle::KnownFilter* filter() { return &filter_; }
  // True when the finding is of a known issue, or of a cause that was reported before; it is
  // counted.
  [[nodiscard]] bool take(const oracle::Program& program, const oracle::Finding& finding);

  // True when it is of a known issue; it is counted.
  [[nodiscard]] bool is_known(const oracle::Program& program, const oracle::Finding& finding);
  // The same, by what the filter has recognized alone.
  [[nodiscard]] bool count(const oracle::Finding& finding);

  // The same for a finding that has a record: True when it is of a known issue; it is counted.
  [[nodiscard]] bool is_known(const TriageRecord& record);

  // Those that a boot has noted are counted.
  void add_noted(const oracle::Outcome& outcome);

  [[nodiscard]] std::size_t boots() const { return boots_; }
  // Known issues by number of boots that ended in them, then how many calls were left out.
  void print(std::size_t played, std::size_t left_out) const;
  [[nodiscard]] nlohmann::json json() const;

 private:
  [[nodiscard]] std::size_t noted_of(std::size_t issue) const;

  // Of findings that the filter did not recognize and that look alike.
  struct Alike {
    std::size_t seen = 0;
    std::size_t issue = 0;  // of the last that was minimized; 0: it could not be
  };

  [[nodiscard]] std::size_t issue_of(const oracle::Program& program,
                                     const oracle::Finding& finding);
  [[nodiscard]] std::size_t issue_by_cause(const oracle::Program& program);

  oracle::IssueFilter filter_;
  std::size_t known_ = 0;        // entries of the file; those behind them are new causes
  oracle::KnownIssues entries_;  // of both
  const hobnail_target& target_;
  oracle::RunOptions run_;
  TriageOptions triage_;
  std::map<std::string, Alike> alike_;
  std::map<std::size_t, std::size_t> counts_;  // boots of each issue
  std::map<std::size_t, std::size_t> noted_;   // boots that went on, of each issue
  std::size_t boots_ = 0;
};

}  // namespace hobnail
