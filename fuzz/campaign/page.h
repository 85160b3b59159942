// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A fuzzing run on the page of its triage: how many bugs are new, fixed and back, or known, before
// the tables of buckets; how far known issues cut it short, executions and coverage, behind them.
#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>

#include "fuzz/triage/record/record.h"
#include "fuzz/triage/report/setting.h"

namespace hobnail {

// `campaign`: the report of the run (run_summary.h) with its findings, which `triaged` has.
void describe_campaign(ReportSetting& setting, const nlohmann::json& campaign,
                       const TriageReport& triaged);

}  // namespace hobnail
