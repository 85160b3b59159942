// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// One page for people: a table of the buckets, and a section for each. Self-contained: no script,
// no network, light and dark, to be printed; it reads from a file as it does from a server.
//
// Invariant: whatever stands in a record is text on the page. The one exception is `picture`, which
// is a <div class="boot"> of our own; what does not begin as one is left out.
#pragma once

#include <string>

#include "fuzz/triage/record/record.h"
#include "fuzz/triage/report/setting.h"

namespace hobnail {

[[nodiscard]] std::string render_html(const TriageReport& report, const ReportSetting& setting);

}  // namespace hobnail
