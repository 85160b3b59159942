// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Forms of text that several parts of the tool print or compare, each in one spelling:
// hexadecimal numbers, words of a shell, lists.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hobnail {

// "0x1f".
[[nodiscard]] std::string hex(std::uint64_t value);

// A word quoted for a POSIX shell where it needs to be.
[[nodiscard]] std::string shell_word(std::string_view word);

[[nodiscard]] std::string joined(const std::vector<std::string>& words, std::string_view between);
[[nodiscard]] std::string joined(const std::vector<std::string_view>& words,
                                 std::string_view between);

}  // namespace hobnail
