// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What the terminal at standard output can show. Where there is none, lines are as long as they are
// and have no colours.
#pragma once

#include <cstddef>

namespace hobnail {

// 0: standard output is no terminal, or one that does not know its width.
[[nodiscard]] std::size_t terminal_columns();

// A terminal that is not dumb, and no NO_COLOR in the environment.
[[nodiscard]] bool terminal_has_colours();

[[nodiscard]] bool terminal_has_utf8();

}  // namespace hobnail
