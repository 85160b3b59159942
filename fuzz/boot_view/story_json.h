// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Scenes as JSON: for `--json`, a contract, and between the process that plays and the one that
// draws. Addresses are hexadecimal strings, because a JSON number need not hold 64 bits.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "fuzz/boot_view/storyboard.h"

namespace hobnail {

[[nodiscard]] nlohmann::json step_json(const Step& step);
// Throws nlohmann::json::exception, or std::runtime_error, when it is no step.
[[nodiscard]] Step step_of(const nlohmann::json& json);

[[nodiscard]] nlohmann::json story_json(const Storyboard& story);

}  // namespace hobnail
