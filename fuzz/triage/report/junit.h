// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// JUnit XML, as CI servers read it: one suite for the target, one test case for each bucket, and
// for each file that is in none.
//
//   bucket, new or returned    <failure>       not reproducible    <skipped>
//   bucket that is known       <skipped>       unreadable          <error>
//   skipped: no such board     <skipped>       no finding          passes, all in one case
//
// Invariant: names are the same from run to run: a case is named by its bucket, a file by its path.
#pragma once

#include <string>

#include "fuzz/triage/record/record.h"
#include "fuzz/triage/report/setting.h"

namespace hobnail {

[[nodiscard]] std::string render_junit(const TriageReport& report, const ReportSetting& setting);

}  // namespace hobnail
