// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Words, numbers and handles.
#include "properties/oracle/known/evidence_shape.h"

#include <algorithm>
#include <cstddef>

namespace hobnail::oracle {
namespace {

constexpr std::size_t kCheckWords = 4;
constexpr std::string_view kStop = "the target stopped: ";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

// p3, b0, h12.
bool is_handle(std::string_view word) {
  return word.size() >= 2 && (word[0] == 'p' || word[0] == 'b' || word[0] == 'h') &&
         std::all_of(word.begin() + 1, word.end(), is_digit);
}

}  // namespace

std::string evidence_shape(std::string_view evidence) {
  std::string shape;
  evidence = evidence.substr(0, evidence.find('\n'));
  for (std::size_t i = 0; i < evidence.size();) {
    if (!is_word(evidence[i])) {
      shape += evidence[i++];
      continue;
    }
    std::size_t end = i;
    while (end < evidence.size() && is_word(evidence[end])) ++end;
    const std::string_view word = evidence.substr(i, end - i);
    shape += is_digit(word[0]) ? "N" : is_handle(word) ? "H" : word;
    i = end;
  }
  return shape;
}

std::string check_words(std::string_view evidence) {
  std::string words;
  std::size_t count = 0;
  for (const char c : evidence_shape(evidence)) {
    if (is_word(c)) {
      words += c;
    } else if (!words.empty() && words.back() != ' ') {
      if (++count == kCheckWords) break;
      words += ' ';
    }
  }
  while (words.ends_with(' ')) words.pop_back();
  return words;
}

bool is_stop(std::string_view evidence) { return evidence.starts_with(kStop); }

std::string stop_words(std::string_view evidence) {
  const std::size_t colon = evidence.find(": ");
  const std::size_t line = evidence.find(':', colon == std::string_view::npos ? 0 : colon + 2);
  if (line == std::string_view::npos) return evidence_shape(evidence);
  const std::size_t slash = evidence.rfind('/', line);
  const std::size_t from = slash == std::string_view::npos ? colon + 2 : slash + 1;
  const std::size_t words = evidence.find(": ", line);
  return std::string(evidence.substr(from, line - from)) +
         (words == std::string_view::npos ? std::string() : evidence_shape(evidence.substr(words)));
}

}  // namespace hobnail::oracle
