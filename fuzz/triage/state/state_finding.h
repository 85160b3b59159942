// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// StateFinding: a boot that answers differently after others than in a new process, with these
// others. It is a finding of two runs and thus of no rule of the table; its id is kStateRule.
//
// Invariant: history and boot were run in this form, several times, with the same result.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "properties/oracle/boot/run.h"
#include "properties/oracle/coverage/coverage_table.h"
#include "properties/oracle/known/issue_pattern.h"
#include "properties/oracle/program/program.h"

namespace hobnail {

inline constexpr std::string_view kStateRule = oracle::kStateOutlivesBoot;

struct StateFinding {
  std::vector<oracle::Program> history;  // the boots before, in their order
  oracle::Program boot;
  oracle::Outcome alone;         // of the boot in a new process; with a trace, as the next
  oracle::Outcome after;         // after the history
  std::size_t boots = 0;         // that the search took
  std::size_t boots_before = 0;  // as it was found
  bool cut_short = false;        // a limit ended the search: less may be enough
};

// What differs between two runs of a boot: "STATUS appears", "STATUS disappears", "STATUS instead
// of REFUSAL", or "answers". Empty: nothing. This stays the same while a history is minimized.
[[nodiscard]] std::string difference_kind(const oracle::Outcome& alone,
                                          const oracle::Outcome& after);

struct BootDifference {
  bool at_entry = false;  // before the first op
  std::size_t op = 0;     // that differs, or that the finding is of
  oracle::BootPhase phase = oracle::BootPhase::Temporary;
  std::string words;     // the kind; for answers "another reply", "another address", "another list"
  std::string evidence;  // both answers; lines
};
[[nodiscard]] BootDifference difference_of(const StateFinding& finding);

// The finding for counts and reports of a command.
[[nodiscard]] oracle::Finding oracle_finding(const StateFinding& finding);

// "1 boot of 2 ops", "3 boots of 0 to 2 ops"
[[nodiscard]] std::string history_text(const StateFinding& finding);

}  // namespace hobnail
