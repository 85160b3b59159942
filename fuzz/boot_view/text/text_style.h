// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What a terminal can show, and what the user wants to see.
#pragma once

#include <cstddef>
#include <optional>

namespace hobnail {

struct TextStyle {
  std::size_t width = 100;  // columns; less than 40 is taken for 40
  bool colour = false;      // ANSI escapes
  bool unicode = false;     // else ASCII
  bool every_step = false;  // ops that changed nothing, and each round of a repeated group
  std::optional<std::size_t>
      only_op;  // of this one alone; as many as there are ops: the end checks
};

inline constexpr std::size_t kTextIndent = 6;
inline constexpr std::size_t kTextWidthLeast = 40;

}  // namespace hobnail
