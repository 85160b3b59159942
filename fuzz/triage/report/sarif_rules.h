// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The rule table as SARIF's reporting descriptors, in the order of the table.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>
#include <vector>

#include "fuzz/triage/record/record.h"
#include "fuzz/triage/report/setting.h"

namespace hobnail {

// Every rule of the table, then those that only the records name.
[[nodiscard]] nlohmann::ordered_json sarif_rules(const TriageReport& report,
                                                 const ReportSetting& setting);

// "HobChainRule" of "HOB-CHAIN".
[[nodiscard]] std::string sarif_rule_name(std::string_view id);

// The level of a finding: an error, or a warning when it takes a call that PI forbids.
[[nodiscard]] std::string_view sarif_level(const TriageRecord& record);

}  // namespace hobnail
