// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Line breaks: of pictures, which have none of their own, and of terminals.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hobnail {

// Lines of at most `columns` characters, broken at blanks where there are some.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, std::size_t columns);

// The same as one text; the first line behind `first` blanks, the others behind `rest`.
[[nodiscard]] std::string indented(std::string_view text, std::size_t columns, std::size_t first,
                                   std::size_t rest);

// A text of whole lines; those that are too long are broken, and set in where they go on.
[[nodiscard]] std::string fitted(std::string_view text, std::size_t columns);

}  // namespace hobnail
