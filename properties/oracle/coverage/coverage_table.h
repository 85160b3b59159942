// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// CoverageTable: the scenarios that a corpus has to cover. A cell is
//
//   op  x  condition (of its arguments, of the state)  x  phase  x  reply
//
// The table names the cells that must be covered: all that a correct core can get into, and for
// each row why the other cells are unreachable.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "properties/oracle/coverage/conditions.h"

namespace hobnail::oracle {

// Where the boot is. AfterPei: the list was handed over, or no consumer could take it.
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

// For each reply the phases in which it must be covered. Replies that are not here need not be.
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
  std::string_view unreachable;  // why no other cell of this row can be covered; empty: all wanted
};

[[nodiscard]] std::span<const CoverageRow> coverage_rows();
[[nodiscard]] std::vector<Cell> wanted_cells();

// Calls `visit` with every cell of a row, and whether it is wanted.
template <typename Visit>
void each_cell(const CoverageRow& row, const Visit& visit) {
  for (std::size_t reply = 0; reply < kReplies; ++reply) {
    const Phases wanted = row.wanted.of(static_cast<Reply>(reply));
    for (std::size_t phase = 0; phase < kBootPhases; ++phase) {
      const Cell cell{row.step, row.condition, static_cast<BootPhase>(phase),
                      static_cast<Reply>(reply)};
      visit(cell, (wanted >> phase & 1U) != 0);
    }
  }
}

}  // namespace hobnail::oracle
