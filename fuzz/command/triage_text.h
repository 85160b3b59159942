// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Records for people at a terminal.
#pragma once

#include "fuzz/triage/record/record.h"

namespace hobnail {

// Each bucket with its evidence and minimal program, then the skipped files, then a line with the
// counts. `quiet`: only new and regressed findings.
void print_report(const TriageReport& report, bool quiet);

// The finding and the minimal program.
void print_record(const TriageRecord& record);

}  // namespace hobnail
