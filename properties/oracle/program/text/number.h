// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The digits of a `.boot` line: numbers, decimal or hex, and runs of hex bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "properties/oracle/program/text/line.h"

namespace hobnail::oracle {

[[nodiscard]] constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A decimal or 0x number of at most `max`; nothing and a complaint otherwise.
[[nodiscard]] std::optional<std::uint64_t> read_number(TextLine& line, const Word& word,
                                                       std::string_view digits, std::uint64_t max);

// `hex` and the groups of digits that follow it; empty when there is none.
[[nodiscard]] std::vector<std::uint8_t> read_data(TextLine& line);

}  // namespace hobnail::oracle
