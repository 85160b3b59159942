// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Records for people at a terminal.
#pragma once

#include "fuzz/triage/record/record.h"

namespace hobnail {

// Each bucket with its evidence and minimal program, then the files that are in none, then a line
// with the counts. `quiet`: only what is new or back.
void print_report(const TriageReport& report, bool quiet);

// The minimal program and what it shows.
void print_record(const TriageRecord& record);

// A counter on stderr, on a terminal only; it takes itself away.
void print_progress(std::string_view what, std::size_t done, std::size_t all);
void end_progress();

}  // namespace hobnail
