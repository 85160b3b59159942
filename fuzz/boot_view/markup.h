// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Markup: text between the tags, and in the attributes, of XML and HTML.
#pragma once

#include <string>
#include <string_view>

namespace hobnail {

// & < > " ' as entities; all other bytes as they are.
[[nodiscard]] std::string escape_markup(std::string_view text);

}  // namespace hobnail
