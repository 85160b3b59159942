// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The record as JSON: docs/triage-record.schema.json is its contract.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "fuzz/triage/record/record.h"

namespace hobnail {

[[nodiscard]] nlohmann::json to_json(const TriageRecord& record);
[[nodiscard]] nlohmann::json to_json(const TriageReport& report);

}  // namespace hobnail
