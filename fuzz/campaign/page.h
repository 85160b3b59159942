// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A fuzzing run on the page of its triage: how long, how much, how far, before what it found.
#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>

#include "fuzz/triage/report/setting.h"

namespace hobnail {

// `campaign`: the report of the run (fuzz_report.h). `buckets`: what its findings came to.
void tell_of_campaign(ReportSetting& setting, const nlohmann::json& campaign, std::size_t buckets);

}  // namespace hobnail
