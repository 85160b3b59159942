// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A line is an offset, groups of digits, and characters that are not read.
#include "fuzz/hob_dump/hex_dump.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "fuzz/hob_dump/dump_file.h"

namespace hobnail {
namespace {

bool is_hex(std::string_view word) {
  return !word.empty() &&
         word.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

std::string_view next_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
  return line;
}

// Takes the next word, up to a blank or the dash in the middle of a shell's line.
std::string_view next_word(std::string_view& line) {
  const std::size_t start = line.find_first_not_of(" \t-");
  if (start == std::string_view::npos) return line = {};
  line.remove_prefix(start);
  const std::string_view word = line.substr(0, line.find_first_of(" \t-"));
  line.remove_prefix(word.size());
  return word;
}

// Where the column of characters begins: two blanks or more behind the digits, or a bar or a star.
std::string_view without_characters(std::string_view digits) {
  const std::size_t bar = digits.find_first_of("|*");
  digits = digits.substr(0, bar);
  // Of xxd and md: the characters follow at least two blanks, where groups have one between them.
  std::size_t at = digits.find_first_not_of(" \t");
  std::size_t gap = at == std::string_view::npos ? at : digits.find("  ", at);
  // hexdump -C has two blanks in the middle of its line too: what follows is digits again.
  while (gap != std::string_view::npos) {
    std::string_view rest = digits.substr(gap);
    std::string_view words = rest;
    const std::string_view word = next_word(words);
    if (word.size() != 2 || !is_hex(word) || bar == std::string_view::npos) break;
    at = gap + 2;
    gap = digits.find("  ", at);
  }
  return digits.substr(0, gap);
}

struct Line {
  std::optional<std::uint64_t> offset;
  std::vector<std::string_view> groups;
};

std::optional<std::uint64_t> offset_of(std::string_view word) {
  while (!word.empty() && word.back() == ':') word.remove_suffix(1);
  if (word.starts_with("0x") || word.starts_with("0X")) word.remove_prefix(2);
  if (!is_hex(word) || word.size() > 16) return std::nullopt;
  std::uint64_t value = 0;
  std::from_chars(word.data(), word.data() + word.size(), value, 16);
  return value;
}

// Nothing when it is no line of a dump.
std::optional<Line> line_of(std::string_view text) {
  Line line;
  const std::size_t colon = text.find(':');
  std::string_view rest = text;
  std::string_view words = text;
  const std::string_view first = next_word(words);
  const bool alone = is_hex(first) && words.find_first_not_of(' ') == std::string_view::npos;
  const bool marked = colon != std::string_view::npos && first.ends_with(':');
  // od and hexdump have no colon behind the offset, which is longer than a byte and the groups.
  std::string_view after = words;
  const std::string_view second = next_word(after);
  const bool plain = is_hex(first) && first.size() > second.size() && first.size() >= 6;
  if (marked || (plain && !alone)) {
    line.offset = offset_of(first);
    if (!line.offset) return std::nullopt;
    rest = words;
  } else if (plain && alone && first.size() <= 8) {
    line.offset = offset_of(first);  // the last line of od and hexdump: the length
    return line;
  }
  rest = line.offset ? without_characters(rest) : rest;
  for (std::string_view group = next_word(rest); !group.empty(); group = next_word(rest)) {
    if (!is_hex(group) || group.size() % 2 != 0) return std::nullopt;
    line.groups.push_back(group);
  }
  return line;
}

void append(std::string_view group, bool words, std::vector<std::uint8_t>& bytes) {
  const std::size_t start = bytes.size();
  for (std::size_t i = 0; i + 2 <= group.size(); i += 2) {
    unsigned value = 0;
    std::from_chars(group.data() + i, group.data() + i + 2, value, 16);
    bytes.push_back(static_cast<std::uint8_t>(value));
  }
  const auto from = bytes.begin() + static_cast<std::ptrdiff_t>(start);
  if (words) std::reverse(from, bytes.end());
}

// A PHIT's first word: the groups are numbers, least significant byte last.
bool are_words(const std::vector<std::string_view>& groups) {
  if (groups.empty()) return false;
  const std::string_view first = groups.front();
  return first == "00380001" || first == "0000000000380001" ||
         (first == "0001" && groups.size() > 1 && groups[1] == "0038");
}

class Parser {
 public:
  std::variant<HexDump, HexDumpError> parse(std::string_view text) {
    for (std::size_t number = 1; !text.empty(); ++number) {
      const std::string_view line = next_line(text);
      if (line.empty() || line.front() == '#') continue;
      if (auto error = read(line)) return HexDumpError{number, *std::move(error)};
    }
    if (dump_.bytes.empty()) return HexDumpError{1, "no bytes"};
    return std::move(dump_);
  }

 private:
  std::optional<std::string> read(std::string_view text) {
    if (text == "*") {  // the line before again, up to the next offset
      repeats_ = !last_.empty();
      return std::nullopt;
    }
    const std::optional<Line> line = line_of(text);
    if (!line) return "is no line of a hex dump";
    if (line->offset && !dump_.bytes.empty()) {
      if (auto error = fill(*line->offset)) return error;
    } else if (line->offset) {
      dump_.base = *line->offset;
    }
    if (dump_.bytes.empty()) words_ = are_words(line->groups);
    const std::size_t start = dump_.bytes.size();
    for (const std::string_view group : line->groups) append(group, words_, dump_.bytes);
    last_.assign(dump_.bytes.begin() + static_cast<std::ptrdiff_t>(start), dump_.bytes.end());
    return std::nullopt;
  }

  std::optional<std::string> fill(std::uint64_t offset) {
    const std::uint64_t at = dump_.base + dump_.bytes.size();
    const std::uint64_t missing = offset - at;
    if (missing == 0) return std::nullopt;
    if (offset < at || missing > kHobFileBytesMax || !repeats_) {
      return fmt::format("has the offset {:#x}; expected {:#x}", offset, at);
    }
    for (std::uint64_t i = 0; i < missing; ++i) {
      dump_.bytes.push_back(last_[static_cast<std::size_t>(i % last_.size())]);
    }
    repeats_ = false;
    return std::nullopt;
  }

  HexDump dump_;
  std::vector<std::uint8_t> last_;
  bool words_ = false;
  bool repeats_ = false;
};

}  // namespace

bool looks_like_hex_dump(std::string_view text) {
  std::size_t lines = 0;
  while (!text.empty() && lines < 3) {
    const std::string_view text_line = next_line(text);
    if (text_line.empty() || text_line == "*" || text_line.front() == '#') continue;
    const std::optional<Line> line = line_of(text_line);
    if (!line) return false;
    ++lines;
  }
  return lines != 0;
}

std::variant<HexDump, HexDumpError> parse_hex_dump(std::string_view text) {
  return Parser().parse(text);
}

}  // namespace hobnail
