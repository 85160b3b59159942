// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Splitting a line into words. `=` and `->` are words wherever they stand.
#include "properties/oracle/program/text/line.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace hobnail::oracle {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }

bool is_text(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte == '\t' || (byte >= 0x20 && byte != 0x7F);
}

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

// How many bytes of `rest`, which begins with a word, belong to that word.
std::size_t word_length(std::string_view rest) {
  if (rest.starts_with("->")) return 2;
  if (rest[0] == '=') return 1;
  std::size_t length = 0;
  while (length < rest.size() && !is_blank(rest[length]) && rest[length] != '=' &&
         !rest.substr(length).starts_with("->")) {
    ++length;
  }
  return length;
}

}  // namespace

TextLine::TextLine(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  const auto alien = std::find_if_not(line.begin(), line.end(), is_text);
  if (alien != line.end()) {
    const auto column = static_cast<std::size_t>(alien - line.begin()) + 1;
    fail({{}, column}, fmt::format("byte 0x{:02X} is not allowed in text; use printable characters",
                                   static_cast<unsigned char>(*alien)));
    return;
  }
  split(line.substr(0, line.find('#')));
}

void TextLine::split(std::string_view line) {
  std::size_t at = 0;
  while (at < line.size()) {
    if (is_blank(line[at])) {
      ++at;
      continue;
    }
    const std::size_t length = word_length(line.substr(at));
    words_.push_back({line.substr(at, length), at + 1});
    at += length;
  }
  end_column_ = words_.empty() ? 1 : words_.back().column + words_.back().text.size() + 1;
}

Word TextLine::peek(std::size_t ahead) const {
  const std::size_t at = next_ + ahead;
  return at < words_.size() ? words_[at] : Word{{}, end_column_};
}

Word TextLine::take() {
  const Word word = peek();
  if (!at_end()) ++next_;
  return word;
}

bool TextLine::take_if(std::string_view text) {
  if (at_end() || peek().text != text) return false;
  take();
  return true;
}

void TextLine::fail(const Word& where, std::string message) {
  if (!complaint_) complaint_ = Complaint{where.column, std::move(message)};
}

std::string quoted(std::string_view word) {
  constexpr std::size_t kLongest = 40;
  std::string text(word.substr(0, kLongest));
  // A byte that is no ASCII may be half a character when it stands alone.
  std::replace_if(
      text.begin(), text.end(), [](char c) { return !is_ascii(c); }, '?');
  return "'" + text + (word.size() > kLongest ? "...'" : "'");
}

}  // namespace hobnail::oracle
