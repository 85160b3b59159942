// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The HOB list as a line of words, and as a table.
#include "fuzz/boot_view/text/hobs.h"

#include <fmt/format.h>

#include <algorithm>

#include "fuzz/boot_view/changes.h"
#include "fuzz/boot_view/label.h"
#include "fuzz/boot_view/text/strip.h"
#include "fuzz/boot_view/wrap.h"
#include "fuzz/hob_dump/hob_names.h"

namespace hobnail {
namespace {

constexpr std::size_t kLinesMost = 2;

struct Word {
  std::string text;
  bool fresh = false;
};

Word word_of(const Step& step, const std::vector<bool>& fresh, std::size_t index) {
  return {(fresh[index] ? "*" : "") + hob_word(*step.hobs[index]), fresh[index]};
}

std::vector<Word> words_of(const Step& step, const std::vector<bool>& fresh) {
  std::vector<Word> words;
  for (std::size_t i = 0; i < step.hobs.size(); ++i) words.push_back(word_of(step, fresh, i));
  return words;
}

std::size_t columns(const std::vector<Word>& words) {
  std::size_t sum = 0;
  for (const Word& word : words) sum += word.text.size() + 3;
  return sum;
}

// Of those that nothing has happened to, only how many they are; but for the first and the last.
std::vector<Word> shortened(const Step& step, const std::vector<bool>& fresh) {
  std::vector<Word> kept;
  std::size_t hidden = 0;
  for (std::size_t i = 0; i < step.hobs.size(); ++i) {
    const bool keep = i == 0 || i + 1 == step.hobs.size() || fresh[i];
    if (!keep) {
      ++hidden;
      continue;
    }
    if (hidden != 0) kept.push_back({fmt::format("({} more)", hidden), false});
    hidden = 0;
    kept.push_back(word_of(step, fresh, i));
  }
  return kept;
}

// The list as words, or with what is old counted when that takes more than `most` columns.
std::vector<Word> words_within(const Step& step, const std::vector<bool>& fresh, std::size_t most) {
  constexpr std::size_t kWordLeast = 5;  // b0 and what separates it
  if (step.hobs.size() * kWordLeast > most) return shortened(step, fresh);
  std::vector<Word> words = words_of(step, fresh);
  return columns(words) > most ? shortened(step, fresh) : words;
}

// How many HOBs from `from` on are one line: all but the first and the last of a long run of HOBs
// that differ in nothing but their address and name. 0: none.
std::size_t alike_from(const HobLines& hobs, std::size_t from) {
  constexpr std::size_t kAlikeLeast = 8;
  const auto alike = [&](std::size_t i) {
    return hobs[i]->type == hobs[from]->type && hobs[i]->length == hobs[from]->length &&
           hobs[i]->says == hobs[from]->says;
  };
  if (from == 0 || !alike(from - 1)) return 0;
  std::size_t to = from;
  while (to < hobs.size() && alike(to)) ++to;
  return to - from > kAlikeLeast ? to - from - 1 : 0;
}

std::string more_text(const HobLines& hobs, std::size_t from, std::size_t count) {
  const std::string& first = hobs[from]->name;
  const std::string names =
      first.empty() ? "" : fmt::format(", {} to {}", first, hobs[from + count - 1]->name);
  return fmt::format("{} HOBs{}; --all lists them", count, names);
}

}  // namespace

std::vector<std::string> hobs_text(const Step& step, const Step* before, const TextStyle& style) {
  if (step.hobs.empty()) return {};
  const std::size_t width = text_columns(style);
  const std::vector<bool> fresh = new_hobs(step, before);
  const std::string head = "HOBs  ";
  const std::vector<Word> words = words_within(step, fresh, kLinesMost * (width - head.size()));
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

std::string hob_table_text(const Step& step, const TextStyle& style) {
  constexpr std::size_t kContent = 52;  // the column where the content begins
  const std::size_t width = std::max(style.width, kTextWidthLeast);
  const bool beside = width >= kContent + 40;
  std::string text;
  if (beside) {
    text = fmt::format("{:>14}  {:<18}  {:>6}  {:<6}  {}\n", "address", "type", "length", "of",
                       "content");
  }
  for (std::size_t i = 0; i < step.hobs.size(); ++i) {
    const auto& hob = step.hobs[i];
    const std::string type = hob_type_name(hob->type);
    if (const std::size_t more = style.every_step ? 0 : alike_from(step.hobs, i); more != 0) {
      const std::string line = more_text(step.hobs, i, more);
      text += beside ? fmt::format("{:>14}  {:<18}  {:>#6x}  {}\n", "...", type, hob->length, line)
                     : indented("... " + line, width, 2, 4);
      i += more - 1;
      continue;
    }
    if (beside) {
      const std::string head = fmt::format("{:>#14x}  {:<18}  {:>#6x}  {:<6}  ", hob->address, type,
                                           hob->length, hob->name);
      std::string lines = head + indented(hob->says, width, kContent, kContent).erase(0, kContent);
      if (hob->says.empty()) lines = head.substr(0, head.find_last_not_of(' ') + 1) + "\n";
      text += lines;
      continue;
    }
    std::string head = fmt::format("{:#x} {} {:#x}", hob->address, type, hob->length);
    if (!hob->name.empty()) head += " of " + hob->name;
    text += indented(head, width, 2, 4) + indented(hob->says, width, 4, 4);
  }
  return text;
}

}  // namespace hobnail
