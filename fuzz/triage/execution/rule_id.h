// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Ids of rules that come from another process as text. Findings hold views of them.
#pragma once

#include <string>
#include <string_view>

namespace hobnail {

// The same text, which lives as long as this process.
[[nodiscard]] std::string_view lasting_rule_id(const std::string& id);

}  // namespace hobnail
