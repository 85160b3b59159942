// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The findings of an enumeration, as bugs: each distinct program is written below --out, and triage
// decides which have one cause.
#pragma once

#include <string>
#include <vector>

#include "fuzz/command/options/target_options.h"
#include "fuzz/enumeration/distinct_findings.h"
#include "fuzz/inputs/crash_inputs.h"
#include "fuzz/triage/record/record.h"

namespace hobnail {

// The programs as files in `directory`: RULE-1.boot, RULE-2.boot, ... Throws std::runtime_error.
[[nodiscard]] std::vector<Input> write_findings(const DistinctFindings& findings,
                                                const std::string& directory);

// One record for each bug, the shortest program first.
[[nodiscard]] TriageReport bugs_of(const std::vector<Input>& inputs, const TargetOptions& target,
                                   const hobnail_target& loaded, bool quiet);

}  // namespace hobnail
