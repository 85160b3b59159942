// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// An execution: one boot, or the reading of one HOB list, with its outcome and the end of its
// process.
#pragma once

#include <cstdint>
#include <string_view>

#include "fuzz/crash/crash_report.h"
#include "fuzz/triage/execution/op_context.h"
#include "fuzz/triage/record/record.h"
#include "properties/oracle/lockstep/lockstep.h"

namespace hobnail {

struct Execution {
  oracle::Outcome outcome;
  OpContext context;
  FindingKind kind = FindingKind::Rule;  // of the finding, if there is one
  ProcessEnd death;

  [[nodiscard]] bool found() const { return outcome.finding.has_value(); }
};

// Gives an execution that ended its process a finding, where the oracle had no time for one, and
// its kind. `what`: of which the limits are.
void name_end(Execution& execution, double seconds, std::uint64_t memory_mb,
              std::string_view what = "the boot");

}  // namespace hobnail
