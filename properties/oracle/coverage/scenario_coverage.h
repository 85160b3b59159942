// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// ScenarioCoverage: counts, for each cell of coverage_table.h, the ops of a corpus that were run in
// it. One op counts in a cell for each condition that holds.
//
// Invariant: what is counted was checked; an op that ended in a finding is in no cell.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "properties/oracle/boot/observer.h"
#include "properties/oracle/coverage/coverage_table.h"

namespace hobnail::oracle {

class ScenarioCoverage final : public BootObserver {
 public:
  void entered(const Boot& boot) override;
  void before(const Boot& boot, const Op& op) override;
  void answered(const Answer& answer) override;
  void after(const Boot& boot, const Op& op) override;

  [[nodiscard]] std::uint64_t count(const Cell& cell) const;
  // Wanted cells without a count, in the order of the table.
  [[nodiscard]] std::vector<Cell> missing() const;
  // Covered cells that the table does not want: a target may choose some of them, and the table may
  // have forgotten others. Only of rows that are in the table.
  [[nodiscard]] std::vector<Cell> unplanned() const;
  // Ids of rules that were not tried, those that no cell is named for included.
  [[nodiscard]] std::vector<std::string_view> rules_missing() const;

 private:
  void note(Step step, Reply reply);

  std::vector<std::uint64_t> counts_ = std::vector<std::uint64_t>(
      kSteps * static_cast<std::size_t>(Condition::Count) * kBootPhases * kReplies);
  // Of the op that is running.
  Conditions conditions_;
  BootPhase phase_ = BootPhase::Temporary;
  bool dxe_asked_ = false;
  bool called_ = false;
  bool stopped_ = false;
  Reply reply_ = Reply::NotCalled;
};

}  // namespace hobnail::oracle
