// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A strip of memory in characters.
#include "fuzz/boot_view/text/strip.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "fuzz/boot_view/label.h"
#include "fuzz/boot_view/look.h"

namespace hobnail {
namespace {

struct Fill {
  std::string_view ascii;
  std::string_view unicode;
  std::string_view colour;  // of an ANSI escape; empty: none
};

// By look. What survives ExitBootServices is filled with a letter.
constexpr std::array<Fill, kLooks> kFills{{
    {"=", "═", "44;97"},    // HobList
    {".", "·", "2"},        // Gap
    {"#", "▒", "45;97"},    // Stack
    {"/", "╱", "35"},       // SecData
    {" ", " ", "42;30"},    // BootData
    {" ", " ", "42;30"},    // BootCode
    {" ", " ", "46;30"},    // LoaderData
    {" ", " ", "46;30"},    // LoaderCode
    {"R", "R", "43;30;1"},  // RuntimeData
    {"R", "R", "43;30;1"},  // RuntimeCode
    {"A", "A", "46;30"},    // AcpiReclaim
    {"N", "N", "43;30;1"},  // AcpiNvs
    {"V", "V", "43;30;1"},  // Reserved
    {"o", "o", "42;30"},    // OtherPages
    {":", "░", "33"},       // Freed
    {"-", "-", "36"},       // Bin
    {"?", "?", "43;30"},    // Answered
    {"!", "!", "41;97;1"},  // Clash
    {".", "·", "2"},        // Free
    {"~", "~", "34"},       // ToOs
    {"-", "-", "36"},       // ToOsLater
    {"x", "╳", "2"},        // Gone
    {" ", " ", ""},         // Unclaimed
    {" ", " ", "2"},        // Outside
    {"%", "%", ""},         // Several
}};

const Fill& fill_of(Look look) { return kFills[static_cast<std::size_t>(look)]; }

bool is_pages(Look look) { return Look::BootData <= look && look <= Look::OtherPages; }

std::string in_colour(const std::string& text, std::string_view colour, const TextStyle& style) {
  if (!style.colour || colour.empty()) return text;
  return fmt::format("\x1b[{}m{}\x1b[0m", colour, text);
}

std::string repeat(std::string_view glyph, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += glyph;
  return text;
}

// The longest label that fits; pages without their type in words have its code.
std::string label_of(const CellRun& run, std::size_t room) {
  std::string label = run_label(run, room);
  const bool bare = run.pieces.size() == 1 && label == run.pieces.front()->name;
  const Look look = look_of(run);
  if (!label.empty() && bare && is_pages(look) && label.size() + 3 <= room) {
    label += fmt::format(" {}", look_code(look));
  }
  return label;
}

// `room` columns: the label in the middle, the fill around it.
std::string filled(const CellRun& run, std::size_t room, const TextStyle& style) {
  const Look look = look_of(run);
  const std::string_view fill = style.unicode ? fill_of(look).unicode : fill_of(look).ascii;
  std::string label = label_of(run, room);
  std::size_t left = (room - label.size()) / 2;
  if (fill == " ") left = std::min<std::size_t>(left, 1);  // words begin where the piece does
  const std::size_t right = room - label.size() - left;
  const bool letters = is_pages(look) && fill != " ";
  if (fill != " " && left > 0 && right > 0 && !label.empty() && left + right >= 4) {
    return repeat(fill, left - 1) + ' ' + label + ' ' + repeat(fill, right - 1);
  }
  if (letters && !label.empty()) return repeat(" ", left) + label + repeat(" ", right);
  return repeat(fill, left) + label + repeat(fill, right);
}

// A line of blanks that words are set into where there is room.
class WordLine {
 public:
  explicit WordLine(std::size_t width) : text_(width, ' ') {}
  // False, and nothing done, where it would touch another word.
  bool set(std::size_t at, std::string_view word) {
    if (at + word.size() > text_.size()) return false;
    const std::size_t from = at == 0 ? 0 : at - 1;
    const std::size_t to = std::min(text_.size(), at + word.size() + 1);
    for (std::size_t i = from; i < to; ++i) {
      if (text_[i] != ' ') return false;
    }
    text_.replace(at, word.size(), word);
    return true;
  }
  void fill(std::size_t from, std::size_t to, char with) {
    for (std::size_t i = from; i < to && i < text_.size(); ++i) text_[i] = with;
  }
  [[nodiscard]] std::string text() const {
    const std::size_t last = text_.find_last_not_of(' ');
    return last == std::string::npos ? std::string() : text_.substr(0, last + 1);
  }

 private:
  std::string text_;
};

void add_ticks(const Lane& lane, const std::vector<CellRun>& runs, const Pointed& pointed,
               std::vector<std::string>& lines) {
  constexpr std::size_t kRows = 2;
  std::vector<std::string> rows(kRows, std::string(runs.back().to, ' '));
  for (const Tick& tick : ticks_of(lane, runs, pointed, 1, kRows)) {
    rows[tick.row].replace(tick.at, tick.text.size(), tick.text);
  }
  for (std::string& row : rows) {
    row.erase(row.find_last_not_of(' ') + 1);
    if (!row.empty()) lines.push_back(std::move(row));
  }
}

std::string new_line(const std::vector<CellRun>& runs, const Pointed& pointed) {
  WordLine line(runs.back().to + 1);  // no line is longer than the strip
  for (const CellRun& run : runs) {
    if (has_one_of(run, pointed.fresh)) line.fill(run.from + 1, run.to, '^');
  }
  return line.text();
}

// Where the evidence is, and its address in words.
void add_evidence(const Lane& lane, const std::vector<CellRun>& runs, const Pointed& pointed,
                  const TextStyle& style, std::vector<std::string>& lines) {
  for (const oracle::Region& range : pointed.accused) {
    if (!lane.region().where.contains(range.base)) continue;
    const std::size_t total = runs.back().to;
    const std::uint64_t end = std::min(range.end(), lane.region().where.end());
    const std::size_t from = std::min(place_in(runs, range.base) + 1, total - 1);
    const std::size_t to = std::max(place_in(runs, end), from + 1);
    const std::string words = range.size > 1 ? fmt::format("{}", range) : long_address(range.base);
    WordLine line(total + 1);
    line.fill(from, to, '!');
    if (line.set(to + 1, words) ||
        (from > words.size() && line.set(from - words.size() - 1, words))) {
      lines.push_back(in_colour(line.text(), "31;1", style));
      continue;
    }
    lines.push_back(in_colour(line.text(), "31;1", style));
    lines.push_back(in_colour(words, "31;1", style));
  }
}

}  // namespace

std::size_t text_columns(const TextStyle& style) {
  return std::max(style.width, kTextWidthLeast) - kTextIndent - 1;
}

std::vector<std::string> strip_text(const Lane& lane, const Step& step, const Pointed& pointed,
                                    const TextStyle& style) {
  const std::vector<CellRun> runs = lane.runs(step, {text_columns(style), kTextCellLeast});
  const std::string border = style.unicode ? "│" : "|";
  std::string strip;
  for (const CellRun& run : runs) {
    strip += border;
    strip += in_colour(filled(run, run.width() - 1, style), fill_of(look_of(run)).colour, style);
  }
  std::vector<std::string> lines{strip + border};
  add_ticks(lane, runs, pointed, lines);
  if (const std::string marks = new_line(runs, pointed); !marks.empty()) {
    lines.push_back(in_colour(marks, "32;1", style));
  }
  add_evidence(lane, runs, pointed, style, lines);
  return lines;
}

std::vector<std::string> fills_text(const Storyboard& story, const TextStyle& style) {
  const std::array<bool, kLooks> seen = looks_in(story);
  std::vector<std::string> words;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    const Look look = static_cast<Look>(i);
    const Fill& fill = fill_of(look);
    const std::string_view glyph = style.unicode ? fill.unicode : fill.ascii;
    if (!seen[i] || (glyph == " " && !is_pages(look))) continue;
    const std::string sample = glyph == " "     ? std::string(look_code(look))
                               : is_pages(look) ? fmt::format("{} {}", glyph, look_code(look))
                                                : repeat(glyph, 3);
    const std::string name(look_name(look));
    words.push_back(in_colour(sample, fill.colour, style) + " " + name);
  }
  return words;
}

}  // namespace hobnail
