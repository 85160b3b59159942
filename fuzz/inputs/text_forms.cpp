// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Small and pure.
#include "fuzz/inputs/text_forms.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace hobnail {

std::string hex(std::uint64_t value) { return fmt::format("{:#x}", value); }

std::string shell_word(std::string_view word) {
  constexpr std::string_view kPlain = "/=:.-_";
  const bool plain = !word.empty() && std::all_of(word.begin(), word.end(), [&](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
           kPlain.find(c) != std::string_view::npos;
  });
  if (plain) return std::string(word);
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::string joined(const std::vector<std::string>& words, std::string_view between) {
  return fmt::format("{}", fmt::join(words, between));
}

std::string joined(const std::vector<std::string_view>& words, std::string_view between) {
  return fmt::format("{}", fmt::join(words, between));
}

}  // namespace hobnail
