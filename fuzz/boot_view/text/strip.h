// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A strip of memory in characters.
#pragma once

#include <string>
#include <vector>

#include "fuzz/boot_view/text/text_style.h"
#include "fuzz/boot_view/ticks.h"

namespace hobnail {

// What a cell has at the least: a border, and room for p12.
inline constexpr std::size_t kTextCellLeast = 5;

// The columns that a line has behind its indent.
[[nodiscard]] std::size_t text_columns(const TextStyle& style);

// One region at one step: the strip, its addresses, and what is pointed at. Lines without indent.
[[nodiscard]] std::vector<std::string> strip_text(const Lane& lane, const Step& step,
                                                  const Pointed& pointed, const TextStyle& style);

// What the fills and the codes mean, an entry each.
[[nodiscard]] std::vector<std::string> fills_text(const Storyboard& story, const TextStyle& style);

}  // namespace hobnail
