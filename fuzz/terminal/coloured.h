// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Words in colour, on a terminal.
#pragma once

#include <string>
#include <string_view>

namespace hobnail {

// With the terminal's code for a colour, where standard output is a terminal and NO_COLOR is unset.
[[nodiscard]] std::string coloured(std::string_view text, std::string_view code);

}  // namespace hobnail
