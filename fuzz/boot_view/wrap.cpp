// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// At the last blank of a line, if that leaves no line nearly empty.
#include "fuzz/boot_view/wrap.h"

#include <algorithm>

namespace hobnail {

std::vector<std::string> wrapped(std::string_view text, std::size_t columns) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t newline = std::min(text.find('\n'), text.size());
    std::size_t take = std::min(newline, columns);
    if (take < newline) {
      const std::size_t blank = text.substr(0, take + 1).rfind(' ');
      if (blank != std::string_view::npos && blank > columns / 4) take = blank;
      // Not within a character of UTF-8.
      while (take > 1 && (static_cast<unsigned char>(text[take]) & 0xc0U) == 0x80) --take;
    }
    lines.emplace_back(text.substr(0, take));
    text.remove_prefix(take);
    if (!text.empty() && (text.front() == ' ' || text.front() == '\n')) text.remove_prefix(1);
  }
  return lines;
}

std::string indented(std::string_view text, std::size_t columns, std::size_t first,
                     std::size_t rest) {
  const std::size_t indent = std::max(first, rest);
  std::string out;
  for (const std::string& line : wrapped(text, columns > indent ? columns - indent : 1)) {
    out += std::string(out.empty() ? first : rest, ' ') + line + "\n";
  }
  return out;
}

std::string fitted(std::string_view text, std::size_t columns) {
  constexpr std::size_t kIndent = 4;
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.size() <= columns) {
      out += std::string(line) + "\n";
      continue;
    }
    // Columns of a table have no meaning on a line that does not hold them.
    const std::size_t blanks = std::min(line.find_first_not_of(' '), line.size());
    std::string words;
    for (const char letter : line.substr(blanks)) {
      if (letter != ' ' || words.empty() || words.back() != ' ') words += letter;
    }
    out += indented(words, columns, std::min(blanks, kIndent), kIndent + 2);
  }
  return out;
}

}  // namespace hobnail
