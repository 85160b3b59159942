// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Markup: text between the tags, and in the attributes, of XML and HTML. One policy for pictures
// and reports: UTF-8 stays, everything else becomes visible.
#pragma once

#include <string>
#include <string_view>

namespace hobnail {

// Control characters become their pictures (ESC is U+241B), bytes that are no UTF-8 become U+FFFD,
// CR LF becomes LF.
[[nodiscard]] std::string clean_text(std::string_view bytes);

// & < > " ' as entities; all other bytes as they are.
[[nodiscard]] std::string escape_markup(std::string_view text);

// Clean, and escaped.
[[nodiscard]] std::string markup_text(std::string_view bytes);

}  // namespace hobnail
