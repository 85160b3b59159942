// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Digits -> numbers and bytes.
#include "properties/oracle/program/text/number.h"

#include <fmt/format.h>

#include "properties/oracle/program/canonical.h"

namespace hobnail::oracle {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

int digit_value(char c, unsigned base) {
  if (is_digit(c)) return c - '0';
  if (base == 16 && c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (base == 16 && c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<std::uint64_t> not_a_number(TextLine& line, const Word& word) {
  line.fail(word, quoted(word.text) + " is not a number; write it as 123 or 0x7B");
  return std::nullopt;
}

void read_hex_group(TextLine& line, const Word& word, std::vector<std::uint8_t>& data) {
  for (std::size_t i = 0; i < word.text.size(); ++i) {
    if (digit_value(word.text[i], 16) >= 0) continue;
    return line.fail({word.text, word.column + i},
                     "data must be hex digits, two per byte, not " + quoted(word.text));
  }
  if (word.text.size() % 2 != 0) {
    return line.fail(word, "odd number of hex digits; write two per byte");
  }
  for (std::size_t i = 0; i < word.text.size(); i += 2) {
    const int high = digit_value(word.text[i], 16);
    const int low = digit_value(word.text[i + 1], 16);
    data.push_back(static_cast<std::uint8_t>(high * 16 + low));
  }
  if (data.size() > kDataMax) line.fail(word, "more than 0xFFF8 bytes of data in one HOB");
}

}  // namespace

std::optional<std::uint64_t> read_number(TextLine& line, const Word& word, std::string_view digits,
                                         std::uint64_t max) {
  const bool hex = digits.starts_with("0x") || digits.starts_with("0X");
  if (hex) digits.remove_prefix(2);
  if (digits.empty()) return not_a_number(line, word);
  const unsigned base = hex ? 16 : 10;
  std::uint64_t value = 0;
  bool too_large = false;
  for (const char c : digits) {
    const int digit = digit_value(c, base);
    if (digit < 0) return not_a_number(line, word);
    const auto addend = static_cast<std::uint64_t>(digit);
    too_large = too_large || value > (max - addend) / base;
    value = value * base + addend;
  }
  if (!too_large) return value;
  line.fail(word, fmt::format("{} is too large; the maximum is 0x{:X}", quoted(word.text), max));
  return std::nullopt;
}

std::vector<std::uint8_t> read_data(TextLine& line) {
  std::vector<std::uint8_t> data;
  if (!line.take_if("hex")) return data;
  if (line.at_end() || line.peek().text == "->")
    line.fail(line.peek(), "missing digits after 'hex'");
  while (!line.complaint() && !line.at_end() && line.peek().text != "->") {
    read_hex_group(line, line.take(), data);
  }
  return data;
}

}  // namespace hobnail::oracle
