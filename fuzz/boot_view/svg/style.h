// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Colours, patterns and line breaks of the pictures.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hobnail {

// What all elements refer to: once in a document, as CSS and as elements.
// `prefix`: of the ids of patterns, which are those of the whole page.
[[nodiscard]] std::string svg_css(std::string_view prefix = {});
[[nodiscard]] std::string svg_patterns(std::string_view prefix = {});

// Lines of at most `columns` characters, broken at blanks where there are some.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, std::size_t columns);

}  // namespace hobnail
