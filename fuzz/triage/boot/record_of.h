// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// From a minimal program and how it went to its record: all of it but where it comes from.
#pragma once

#include <string>

#include "fuzz/triage/trial/trial.h"
#include "properties/oracle/program/program.h"

namespace hobnail {

// The trial with the functions of its frames for their places.
[[nodiscard]] Trial with_functions(const Trial& trial);

// What a record has of any finding. `trial`: with_functions().
[[nodiscard]] TriageRecord begin_record(const std::string& bucket, const Trial& trial,
                                        const std::string& target);

// `trial`: of `program`, with a finding; with a trace, if the record is to have one.
[[nodiscard]] TriageRecord record_of(const pei::oracle::Program& program, const Trial& trial,
                                     const std::string& target);

// The sentence and the clause of the record's rule; nothing for what is not in the table.
void add_rule(TriageRecord& record);

}  // namespace hobnail
