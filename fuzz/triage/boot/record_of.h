// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// From a minimal program and how it went to its record: all of it but where it comes from.
#pragma once

#include <string>

#include "fuzz/triage/boot/cause.h"
#include "fuzz/triage/execution/execution.h"
#include "properties/oracle/program/program.h"

namespace hobnail {

// The execution with the functions of its frames for their places.
[[nodiscard]] Execution with_functions(const Execution& execution);

// What a record has of any finding. `execution`: with_functions().
[[nodiscard]] TriageRecord begin_record(const std::string& bucket, const Execution& execution,
                                        const std::string& target);

// `execution`: of `program`, with a finding; with a trace, if the record is to have one.
[[nodiscard]] TriageRecord record_of(const oracle::Program& program, const Execution& execution,
                                     const Cause& cause, const std::string& target);

// The sentence and the clause of the record's rule; nothing for what is not in the table.
void add_rule(TriageRecord& record);

}  // namespace hobnail
