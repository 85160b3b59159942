// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Steps as JSON for `--json`, which is a contract. Addresses are hexadecimal strings, because a
// JSON number need not hold 64 bits.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>

#include "fuzz/boot_view/storyboard.h"

namespace hobnail {

[[nodiscard]] nlohmann::json step_json(const Step& step);
// A step without its pieces and HOBs; both arrays are empty.
[[nodiscard]] nlohmann::json step_head_json(const Step& step);
[[nodiscard]] nlohmann::json piece_json(const Piece& piece);
[[nodiscard]] nlohmann::json hob_json(const HobLine& hob);

// The reverse. They throw nlohmann::json::exception, or std::runtime_error, for anything else.
[[nodiscard]] Step step_of(const nlohmann::json& json);
[[nodiscard]] Step step_head_of(const nlohmann::json& json);
[[nodiscard]] Piece piece_of(const nlohmann::json& json);
[[nodiscard]] HobLine hob_of(const nlohmann::json& json);

// The whole story, a step a line. Text at once: a boot of n ops that makes n HOBs has n * n of them
// in its steps, and each is described once.
[[nodiscard]] std::string story_json_text(const Storyboard& story);

}  // namespace hobnail
