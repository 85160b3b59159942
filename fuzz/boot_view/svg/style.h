// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Colours and patterns of the pictures.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "fuzz/boot_view/look.h"

namespace hobnail {

// Pixels of a character: of 11 pixels' monospace, 6.7 wide, rounded up.
inline constexpr std::size_t kChar = 7;

// What all elements refer to: once in a document, as CSS and as elements.
// `prefix`: of the ids of patterns, which are those of the whole page.
[[nodiscard]] std::string svg_css(std::string_view prefix = {});
[[nodiscard]] std::string svg_patterns(std::string_view prefix = {});

// The class of a look: "kRD", letters and digits.
[[nodiscard]] std::string look_class(Look look);
// Whether words on it need a ground of their own.
[[nodiscard]] bool is_hatched(Look look);

}  // namespace hobnail
