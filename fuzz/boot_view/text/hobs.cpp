// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The HOB list as a line of words, and as a table.
#include "fuzz/boot_view/text/hobs.h"

#include <fmt/format.h>

#include <algorithm>

#include "fuzz/boot_view/changes.h"
#include "fuzz/boot_view/label.h"
#include "fuzz/hob_dump/hob_names.h"

namespace hobnail {
namespace {

constexpr std::size_t kLinesMost = 2;

struct Word {
  std::string text;
  bool fresh = false;
};

std::vector<Word> words_of(const Step& step, const std::vector<bool>& fresh) {
  std::vector<Word> words;
  for (std::size_t i = 0; i < step.hobs.size(); ++i) {
    words.push_back({(fresh[i] ? "*" : "") + hob_word(step.hobs[i]), fresh[i]});
  }
  return words;
}

std::size_t columns(const std::vector<Word>& words) {
  std::size_t sum = 0;
  for (const Word& word : words) sum += word.text.size() + 3;
  return sum;
}

// Of those that nothing has happened to, only how many they are; but for the first and the last.
std::vector<Word> shortened(const std::vector<Word>& words) {
  std::vector<Word> kept;
  std::size_t hidden = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool keep = i == 0 || i + 1 == words.size() || words[i].fresh;
    if (!keep) {
      ++hidden;
      continue;
    }
    if (hidden != 0) kept.push_back({fmt::format("({} more)", hidden), false});
    hidden = 0;
    kept.push_back(words[i]);
  }
  return kept;
}

}  // namespace

std::vector<std::string> hobs_text(const Step& step, const Step* before, const TextStyle& style) {
  if (step.hobs.empty()) return {};
  const std::size_t width = std::max<std::size_t>(style.width, 60) - kTextIndent - 1;
  const std::vector<bool> fresh = new_hobs(step, before);
  std::vector<Word> words = words_of(step, fresh);
  const std::string head = "HOBs  ";
  if (columns(words) > kLinesMost * (width - head.size())) words = shortened(words);
  std::vector<std::string> lines{head};
  std::size_t used = head.size();
  for (const Word& word : words) {
    const bool first = &word == words.data();
    const std::size_t more = word.text.size() + (first ? 0 : 3);
    if (used + more > width && used > head.size()) {
      lines.emplace_back(head.size(), ' ');
      used = head.size();
    } else if (!first) {
      lines.back() += " | ";
    }
    used += more;
    lines.back() +=
        word.fresh && style.colour ? fmt::format("\x1b[32;1m{}\x1b[0m", word.text) : word.text;
  }
  return lines;
}

std::string hob_table_text(const Step& step) {
  std::string text = fmt::format("{:>14}  {:<18}  {:>6}  {:<6}  {}\n", "address", "type", "length",
                                 "of", "content");
  for (const HobLine& hob : step.hobs) {
    std::string line = fmt::format("{:>#14x}  {:<18}  {:>#6x}  {:<6}  {}", hob.address,
                                   hob_type_name(hob.type), hob.length, hob.name, hob.says);
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

}  // namespace hobnail
