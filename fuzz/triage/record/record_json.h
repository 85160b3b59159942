// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The record as JSON: docs/triage-record.schema.json is its contract.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "fuzz/triage/record/record.h"

namespace hobnail {

[[nodiscard]] nlohmann::json to_json(const TriageRecord& record);
[[nodiscard]] nlohmann::json to_json(const TriageReport& report);

// False when it cannot be written. Text that is no UTF-8 is mended.
[[nodiscard]] bool write_json(const std::string& path, const nlohmann::json& json);

}  // namespace hobnail
