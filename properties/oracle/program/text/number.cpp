// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "properties/oracle/program/text/number.h"

#include <fmt/format.h>

#include <charconv>
#include <system_error>

#include "properties/oracle/program/canonical.h"

namespace hobnail::oracle {
namespace {

std::optional<std::uint64_t> not_a_number(TextLine& line, const Word& word) {
  line.fail(word, quoted(word.text) + " is not a number; write it as 123 or 0x7B");
  return std::nullopt;
}

void read_hex_group(TextLine& line, const Word& word, std::vector<std::uint8_t>& data) {
  const std::size_t wrong = word.text.find_first_not_of("0123456789abcdefABCDEF");
  if (wrong != std::string_view::npos) {
    return line.fail({word.text, word.column + wrong},
                     "data must be hex digits, two per byte, not " + quoted(word.text));
  }
  if (word.text.size() % 2 != 0) {
    return line.fail(word, "odd number of hex digits; write two per byte");
  }
  for (std::size_t i = 0; i < word.text.size(); i += 2) {
    const char* const digits = word.text.data() + i;
    std::from_chars(digits, digits + 2, data.emplace_back(), 16);
  }
  if (data.size() > kDataMax) line.fail(word, "more than 0xFFF8 bytes of data in one HOB");
}

}  // namespace

std::optional<std::uint64_t> read_number(TextLine& line, const Word& word, std::string_view digits,
                                         std::uint64_t max) {
  const bool hex = digits.starts_with("0x") || digits.starts_with("0X");
  if (hex) digits.remove_prefix(2);
  std::uint64_t value = 0;
  const char* const end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, value, hex ? 16 : 10);
  if (digits.empty() || stop != end) return not_a_number(line, word);
  if (error == std::errc() && value <= max) return value;
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
