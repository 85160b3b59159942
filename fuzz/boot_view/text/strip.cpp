// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A strip of memory in characters.
#include "fuzz/boot_view/text/strip.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "fuzz/boot_view/label.h"

namespace hobnail {
namespace {

constexpr std::size_t kCellLeast = 5;  // a border, and room for p12

struct Look {
  std::string_view ascii;
  std::string_view unicode;
  std::string_view colour;  // of an ANSI escape; empty: none
};

Look look_of(PieceKind kind) {
  constexpr std::array<Look, 16> kLooks{{
      {" ", " ", "2"},        // Outside
      {" ", " ", ""},         // Unclaimed
      {"=", "═", "44;97"},    // HobList
      {".", "·", "2"},        // Gap
      {" ", " ", "42;30"},    // Pages
      {"_", "_", "46;30"},    // Claimed
      {":", "░", "33"},       // Freed
      {"#", "▒", "45;97"},    // Stack
      {"/", "╱", "35"},       // SecData
      {"-", "-", "36"},       // Bin
      {"x", "╳", "2"},        // Gone
      {"?", "?", "43;30"},    // Answered
      {"!", "!", "41;97;1"},  // Clash
      {".", "·", "2"},        // Free
      {"~", "~", "34"},       // ToOs
      {"-", "-", "36"},       // ToOsLater
  }};
  return kLooks[static_cast<std::size_t>(kind)];
}

Look look_of(const CellRun& run) {
  return run.pieces.size() == 1 ? look_of(run.pieces.front()->kind) : Look{"%", "%", ""};
}

std::string in_colour(const std::string& text, std::string_view colour, const TextStyle& style) {
  if (!style.colour || colour.empty()) return text;
  return fmt::format("\x1b[{}m{}\x1b[0m", colour, text);
}

std::string repeat(std::string_view glyph, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += glyph;
  return text;
}

// `room` columns: the label in the middle, the fill around it.
std::string filled(const CellRun& run, std::size_t room, const TextStyle& style) {
  const Look look = look_of(run);
  const std::string_view fill = style.unicode ? look.unicode : look.ascii;
  std::string label = run_label(run, room);
  std::size_t left = (room - label.size()) / 2;
  if (fill == " ") left = std::min<std::size_t>(left, 1);  // words begin where the piece does
  const std::size_t right = room - label.size() - left;
  if (fill != " " && left > 0 && right > 0 && !label.empty() && left + right >= 4) {
    return repeat(fill, left - 1) + ' ' + label + ' ' + repeat(fill, right - 1);
  }
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

// Two lines, for addresses that would touch on one; what is pointed at comes first.
void add_addresses(const Lane& lane, const std::vector<CellRun>& runs,
                   const std::vector<std::size_t>& places, const Pointed& pointed,
                   std::vector<std::string>& lines) {
  std::array<WordLine, 2> words{WordLine(places.back() + 9), WordLine(places.back() + 9)};
  std::vector<bool> done(runs.size(), false);
  const auto label = [&](std::size_t i) {
    const std::string text = short_address(lane.region().where, runs[i].where.base);
    const std::size_t at = places[runs[i].first];
    if (!done[i]) done[i] = words[0].set(at, text) || words[1].set(at, text);
  };
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (has_one_of(runs[i], pointed.fresh) || touches(runs[i], pointed.accused)) label(i);
  }
  for (std::size_t i = 0; i < runs.size(); ++i) label(i);
  for (const WordLine& line : words) {
    if (std::string text = line.text(); !text.empty()) lines.push_back(std::move(text));
  }
}

std::string mark_line(const std::vector<CellRun>& runs, const std::vector<std::size_t>& places,
                      const Pointed& pointed) {
  WordLine line(places.back() + 1);  // no line is longer than the strip
  std::size_t end = 0;
  bool accused = false;
  for (const CellRun& run : runs) {
    const bool guilty = touches(run, pointed.accused);
    if (!guilty && !has_one_of(run, pointed.fresh)) continue;
    line.fill(places[run.first] + 1, places[run.last], guilty ? '!' : '^');
    end = places[run.last];
    accused = accused || guilty;
  }
  if (accused) line.set(end + 1, "the finding");  // where there is room
  return line.text();
}

}  // namespace

std::vector<std::string> strip_text(const Lane& lane, const Step& step, const Pointed& pointed,
                                    const TextStyle& style) {
  const std::size_t width = std::max<std::size_t>(style.width, 60) - kTextIndent - 1;
  const std::vector<std::size_t> places = lane.places(width, kCellLeast);
  const std::vector<CellRun> runs = lane.runs(step);
  const std::string border = style.unicode ? "│" : "|";
  std::string strip;
  for (const CellRun& run : runs) {
    strip += border;
    strip += in_colour(filled(run, places[run.last] - places[run.first] - 1, style),
                       look_of(run).colour, style);
  }
  std::vector<std::string> lines{strip + border};
  add_addresses(lane, runs, places, pointed, lines);
  if (const std::string marks = mark_line(runs, places, pointed); !marks.empty()) {
    const bool finding = marks.find('!') != std::string::npos;
    lines.push_back(in_colour(marks, finding ? "31;1" : "32;1", style));
  }
  return lines;
}

std::string fills_text(const Storyboard& story, const TextStyle& style) {
  std::array<bool, 16> seen{};
  for (const Step& step : story.steps) {
    for (const Piece& piece : step.pieces) seen[static_cast<std::size_t>(piece.kind)] = true;
  }
  std::string text;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    const Look look = look_of(static_cast<PieceKind>(i));
    const std::string_view fill = style.unicode ? look.unicode : look.ascii;
    if (!seen[i] || fill == " ") continue;
    text += fmt::format("{}{} {}", text.empty() ? "" : "   ",
                        in_colour(repeat(fill, 3), look.colour, style),
                        kind_name(static_cast<PieceKind>(i)));
  }
  return text;
}

}  // namespace hobnail
