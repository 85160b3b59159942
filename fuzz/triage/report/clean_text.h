// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Clean text: what a target has said may be any bytes; a report must be readable by every parser.
//
// Invariant: the answers are valid UTF-8 without control characters other than line feed and tab,
// and without what XML 1.0 forbids. Nothing is dropped: what cannot stand has a sign in its place.
#pragma once

#include <string>
#include <string_view>

#include "fuzz/boot_view/markup.h"  // clean_text, markup_text

namespace hobnail {

// Clean, and on one line: line feeds and tabs become spaces.
[[nodiscard]] std::string one_line(std::string_view bytes);

// Clean, and on one line, with what Markdown would take for its own escaped.
[[nodiscard]] std::string markdown_text(std::string_view bytes);

// A fenced block of Markdown; its fence is longer than any in the text. `language` may be empty.
[[nodiscard]] std::string markdown_block(std::string_view bytes, std::string_view language);

// At most `bytes` of a clean text, cut between characters and with an ellipsis where it was cut.
[[nodiscard]] std::string shortened(std::string_view clean, std::size_t bytes);

}  // namespace hobnail
