// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A record as the text of an issue, in Markdown: what a firmware engineer would file. The first
// line is the title.
#pragma once

#include <string>

#include "fuzz/triage/record/record.h"
#include "fuzz/triage/report/setting.h"

namespace hobnail {

[[nodiscard]] std::string render_issue(const TriageRecord& record, const ReportSetting& setting);

}  // namespace hobnail
