// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The boards as a list, as JSON and as an article (docs/boards.md), from the table of profiles.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "fuzz/language/article.h"

namespace hobnail {

// Does not depend on the build.
[[nodiscard]] Article boards_article();

// One line per board; a board that this build cannot map has the reason.
[[nodiscard]] std::string boards_text();
[[nodiscard]] nlohmann::json boards_json();

}  // namespace hobnail
