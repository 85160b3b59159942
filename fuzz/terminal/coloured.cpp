// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The codes of colours.
#include "fuzz/terminal/coloured.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>

namespace hobnail {

std::string coloured(std::string_view text, std::string_view code) {
  static const bool kTerminal = isatty(STDOUT_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr;
  return kTerminal ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
}

}  // namespace hobnail
