// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// ScenarioCoverage: counts, for each cell of coverage_table.h, the ops of a corpus that reached it.
//
// Invariant: only ops that were checked count.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "properties/oracle/coverage/cell_observer.h"
#include "properties/oracle/coverage/coverage_table.h"

namespace hobnail::oracle {

class ScenarioCoverage final : public CellObserver {
 public:
  [[nodiscard]] std::uint64_t count(const Cell& cell) const;
  // Wanted cells without a count, in the order of the table.
  [[nodiscard]] std::vector<Cell> missing() const;
  // Covered cells that the table does not want: a target may choose some of them, and the table may
  // have forgotten others. Only of rows that are in the table.
  [[nodiscard]] std::vector<Cell> unplanned() const;
  // Ids of rules that were not tried, those that no cell is named for included.
  [[nodiscard]] std::vector<std::string_view> rules_missing() const;

 private:
  void reached(const Cell& cell) override;

  std::vector<std::uint64_t> counts_ = std::vector<std::uint64_t>(
      kSteps * static_cast<std::size_t>(Condition::Count) * kBootPhases * kReplies);
};

}  // namespace hobnail::oracle
