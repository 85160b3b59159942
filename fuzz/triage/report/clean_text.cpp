// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// On clean text only.
#include "fuzz/triage/report/clean_text.h"

#include <algorithm>

namespace hobnail {

std::string one_line(std::string_view bytes) {
  std::string out = clean_text(bytes);
  while (!out.empty() && out.back() == '\n') out.pop_back();
  std::replace(out.begin(), out.end(), '\n', ' ');
  std::replace(out.begin(), out.end(), '\t', ' ');
  return out;
}

std::string markdown_text(std::string_view bytes) {
  constexpr std::string_view kTheirs = "\\`*_[]<>&|#~@!";
  std::string out;
  for (const char c : one_line(bytes)) {
    if (kTheirs.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string markdown_block(std::string_view bytes, std::string_view language) {
  std::string text = clean_text(bytes);
  if (text.empty() || text.back() != '\n') text += '\n';
  std::string fence = "```";
  while (text.find(fence) != std::string::npos) fence += '`';
  return fence + std::string(language) + "\n" + text + fence + "\n";
}

std::string shortened(std::string_view clean, std::size_t bytes) {
  constexpr std::string_view kEllipsis = "\xe2\x80\xa6";
  if (clean.size() <= bytes) return std::string(clean);
  std::size_t end = bytes > kEllipsis.size() ? bytes - kEllipsis.size() : 0;
  while (end > 0 && (static_cast<unsigned char>(clean[end]) & 0xc0U) == 0x80) --end;
  return std::string(clean.substr(0, end)) + std::string(kEllipsis);
}

}  // namespace hobnail
