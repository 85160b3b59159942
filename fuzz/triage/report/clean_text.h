// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Clean text: what a target has said may be any bytes; a report must be readable by every parser.
//
// Invariant: the answers are valid UTF-8 without control characters other than line feed and tab,
// and without what XML 1.0 forbids. Nothing is dropped: what cannot stand has a sign in its place.
#pragma once

#include <string>
#include <string_view>

namespace hobnail {

// Control characters become their pictures (ESC is U+241B), bytes that are no UTF-8 become U+FFFD,
// CR LF becomes LF.
[[nodiscard]] std::string clean_text(std::string_view bytes);

// The same on one line: line feeds and tabs become spaces.
[[nodiscard]] std::string one_line(std::string_view bytes);

// Clean, and & < > " ' escaped: for the text and the attributes of XML and HTML.
[[nodiscard]] std::string markup_text(std::string_view bytes);

// Clean, and on one line, with what Markdown would take for its own escaped.
[[nodiscard]] std::string markdown_text(std::string_view bytes);

// A fenced block of Markdown; its fence is longer than any in the text. `language` may be empty.
[[nodiscard]] std::string markdown_block(std::string_view bytes, std::string_view language);

// At most `bytes` of a clean text, cut between characters and with an ellipsis where it was cut.
[[nodiscard]] std::string shortened(std::string_view clean, std::size_t bytes);

}  // namespace hobnail
