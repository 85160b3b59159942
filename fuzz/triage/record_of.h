// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// From a minimal program and how it went to its record: all of it but where it comes from.
#pragma once

#include <string>

#include "fuzz/triage/trial.h"
#include "properties/oracle/program.h"

namespace hobnail {

// `trial`: of `program`, with a finding; with a trace, if the record is to have one.
[[nodiscard]] TriageRecord record_of(const pei::oracle::Program& program, const Trial& trial,
                                     const std::string& target);

}  // namespace hobnail
