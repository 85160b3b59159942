// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// One record, many forms: what `hobnail triage --out DIR` leaves.
//
//   DIR/index.html  triage.json  triage.sarif  junit.xml
//   DIR/buckets/<fingerprint>/program.boot  issue.md  test.cpp
//   DIR/buckets/<fingerprint>/program.history-1.boot ...            of state that outlives a boot
//   DIR/buckets/<fingerprint>/list.hobs     issue.md                of a HOB list
//
// Invariant: what stands in DIR after success is of this run; buckets of an earlier one are gone.
#pragma once

#include <string>

#include "fuzz/triage/record/record.h"
#include "fuzz/triage/report/setting.h"

namespace hobnail {

// Sets `program_file` of each record to the file that is written. Empty: all is written; else what
// is the matter, in one line.
[[nodiscard]] std::string write_reports(TriageReport& report, const ReportSetting& setting,
                                        const std::string& directory);

}  // namespace hobnail
