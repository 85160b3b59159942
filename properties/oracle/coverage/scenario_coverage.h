// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Reach: which situations a corpus has brought about. A cell is
//
//   op  x  condition (of its arguments, of the state)  x  phase  x  reply
//
// and counts the ops that were played so. One op counts in a cell for each condition that holds.
// The table (reach_table.cpp) says which cells must be reached: all that a correct core can get
// into, and for each row why the rest cannot be. A rule was tried when a cell in which its check is
// made was reached.
//
// Invariant: what is counted was judged; an op that ended in a finding is in no cell.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "properties/oracle/boot/observer.h"
#include "properties/oracle/coverage/conditions.h"
#include "properties/oracle/rules/rule_id.h"

namespace hobnail::oracle {

// Where the boot is. AfterPei: the list was handed over, or nobody could take it.
enum class BootPhase : std::uint8_t { Temporary, Window, Permanent, AfterPei };
inline constexpr std::size_t kBootPhases = 4;

enum class Reply : std::uint8_t {
  Success,
  OutOfResources,
  InvalidParameter,
  NotFound,
  Declined,  // no status: the target, or DXE, cannot go on and says so
  OtherError,
  Stopped,    // under arguments that PI forbids
  NotCalled,  // the harness has no such call to make
};
inline constexpr std::size_t kReplies = 8;

[[nodiscard]] std::string_view boot_phase_name(BootPhase phase);
[[nodiscard]] std::string_view reply_name(Reply reply);

// An op by its number; 0 is the entry.
using Step = std::uint8_t;
inline constexpr Step kEntry = 0;
inline constexpr std::size_t kSteps = 15;
[[nodiscard]] std::string_view step_name(Step step);

struct Cell {
  Step step = kEntry;
  Condition condition = Condition::Any;
  BootPhase phase = BootPhase::Temporary;
  Reply reply = Reply::Success;

  friend bool operator==(const Cell&, const Cell&) = default;
};

// "FreePages, double free, window: NOT_FOUND"
[[nodiscard]] std::string cell_text(const Cell& cell);

// Phases, as bits of a row: kT | kW | kP.
using Phases = std::uint8_t;

// For each reply in which phases it must be reached. Replies that are not here need not be.
struct Wanted {
  Phases success = 0;
  Phases out_of_resources = 0;
  Phases invalid_parameter = 0;
  Phases not_found = 0;
  Phases declined = 0;
  Phases not_called = 0;

  [[nodiscard]] constexpr Phases of(Reply reply) const {
    switch (reply) {
      case Reply::Success:
        return success;
      case Reply::OutOfResources:
        return out_of_resources;
      case Reply::InvalidParameter:
        return invalid_parameter;
      case Reply::NotFound:
        return not_found;
      case Reply::Declined:
        return declined;
      case Reply::NotCalled:
        return not_called;
      default:
        return 0;
    }
  }
};

struct CoverageRow {
  Step step;
  Condition condition;
  Wanted wanted;
  std::string_view rest;  // why no other cell of this row can be reached; empty: all are wanted
};

[[nodiscard]] std::span<const CoverageRow> coverage_rows();
[[nodiscard]] std::vector<Cell> wanted_cells();

// Checks of this rule are made in that cell. A rule is tried when all its cells are reached.
struct RuleCoverage {
  RuleId rule{};
  Cell cell;
};
[[nodiscard]] std::span<const RuleCoverage> rule_coverage();

class ScenarioCoverage final : public BootObserver {
 public:
  void entered(const Boot& boot) override;
  void before(const Boot& boot, const Op& op) override;
  void answered(const Answer& answer) override;
  void after(const Boot& boot, const Op& op) override;

  [[nodiscard]] std::uint64_t count(const Cell& cell) const;
  // Wanted cells without a count, in the order of the table.
  [[nodiscard]] std::vector<Cell> missing() const;
  // Cells that were reached, though the table does not want them: a target may choose some of them,
  // and the table may have forgotten others. Only of rows that are in the table.
  [[nodiscard]] std::vector<Cell> beyond() const;
  // Ids of rules that were not tried, those that no cell is named for included.
  [[nodiscard]] std::vector<std::string_view> rules_missing() const;

 private:
  void note(Step step, Reply reply);

  std::vector<std::uint64_t> counts_ = std::vector<std::uint64_t>(
      kSteps * static_cast<std::size_t>(Condition::Count) * kBootPhases * kReplies);
  // Of the op that is being played.
  Conditions conditions_;
  BootPhase phase_ = BootPhase::Temporary;
  bool dxe_asked_ = false;
  bool called_ = false;
  bool stopped_ = false;
  Reply reply_ = Reply::NotCalled;
};

}  // namespace hobnail::oracle
