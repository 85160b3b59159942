// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// One bucket's section of the page.
#pragma once

#include <string>

#include "fuzz/triage/record/record.h"
#include "fuzz/triage/report/setting.h"

namespace hobnail {

[[nodiscard]] std::string html_bucket(const TriageRecord& record, const ReportSetting& setting);

// The id of that section.
[[nodiscard]] std::string html_anchor(const TriageRecord& record);

// "new", "known" or "returned" as a small label.
[[nodiscard]] std::string html_state(const TriageRecord& record);

}  // namespace hobnail
