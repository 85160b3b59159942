// SPDX-License-Identifier: BSD-2-Clause-Patent
//
//                  v 0x40180000              evidence, where it is
//   [HOB list | gap      | p0 BootServicesData ]
//   [ HL      | GP       |        BD           ]
//   0x40100000 ..20190   ..fa000              ticks
#include "fuzz/boot_view/svg/strip.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "fuzz/boot_view/label.h"
#include "fuzz/boot_view/markup.h"
#include "fuzz/boot_view/svg/style.h"

namespace hobnail {
namespace {

constexpr std::size_t kUnits = 1000;  // a lane's scale: a thousandth of the width
constexpr std::size_t kCellLeast = 34;
constexpr std::size_t kStrip = 36;
constexpr std::size_t kTickRow = 13;
constexpr std::size_t kTickRows = 2;
constexpr std::size_t kEvidenceRow = 14;
constexpr std::size_t kEvidenceRows = 3;

// Thousandths as per cent.
std::string share(std::size_t units) {
  return units % 10 == 0 ? fmt::format("{}%", units / 10)
                         : fmt::format("{}.{}%", units / 10, units % 10);
}

std::string words_at(std::string_view x, std::size_t y, std::string_view kind,
                     std::string_view words) {
  return fmt::format(R"(<text x="{}" y="{}" class="{}">{}</text>)", x, y, kind, markup_text(words));
}

// Of a canvas so wide: the width of a run in pixels.
std::size_t pixels(const CellRun& run, std::size_t width) { return run.width() * width / kUnits; }

std::string label_for(const CellRun& run, std::size_t width) {
  const std::size_t room = pixels(run, width);
  return run_label(run, room < 6 ? 0 : (room - 6) / kChar);
}

// Words that are the same on both canvases stand there once.
std::string both(std::string_view wide, std::string_view narrow, const Canvas& canvas,
                 const std::string& kind, std::size_t y) {
  const auto one = [&](std::string_view words, std::string_view when) {
    return words.empty() ? std::string() : words_at("50%", y, kind + std::string(when), words);
  };
  if (canvas.narrow == 0 || wide == narrow) return one(wide, "");
  return one(wide, " w") + one(narrow, " n");
}

std::string piece_element(const CellRun& run, const Canvas& canvas, std::size_t y,
                          std::string_view extra) {
  const Look look = look_of(run);
  const std::string ground = is_hatched(look) ? " h" : "";
  std::string element = fmt::format(R"(<svg x="{}" width="{}" y="{}" height="{}"><title>{}</title>)"
                                    R"(<rect class="piece {}" width="100%" height="100%"/>)",
                                    share(run.from), share(run.width()), y, kStrip,
                                    markup_text(run_story(run)), look_class(look));
  if (!extra.empty()) {
    element += fmt::format(R"(<rect class="{}" width="100%" height="100%"/>)", extra);
  }
  const std::string narrow = canvas.narrow == 0 ? "" : label_for(run, canvas.narrow);
  element += both(label_for(run, canvas.width), narrow, canvas, "l" + ground, 16);
  element += words_at("50%", 30, "c" + ground, look_code(look));
  return element + "</svg>\n";
}

std::string_view tick_kind(const CellRun& run, const Pointed& pointed) {
  if (touches(run, pointed.accused)) return "badt";
  return has_one_of(run, pointed.fresh) ? "newt" : "dim";
}

// The ticks for a canvas of `width` pixels, in class `when`.
std::string ticks(const Lane& lane, const std::vector<CellRun>& runs, const Pointed& pointed,
                  std::size_t width, std::size_t y, std::string_view when) {
  const std::size_t unit = (kChar * kUnits + width - 1) / width;
  std::string lines;
  std::string words;
  for (const Tick& tick : ticks_of(lane, runs, pointed, unit, kTickRows)) {
    const std::string mark = share(tick.mark);
    lines += fmt::format(R"(<line class="tick{0}" x1="{1}" x2="{1}" y1="{2}" y2="{3}"/>)", when,
                         mark, y, y + 3 + tick.row * kTickRow);
    words += words_at(share(tick.at), y + 12 + tick.row * kTickRow,
                      fmt::format("t {}{}", tick_kind(runs[tick.run], pointed), when), tick.text);
  }
  return lines + words + "\n";  // words over the lines of others
}

std::string evidence_text(const oracle::Region& range) {
  return range.size > 1 ? fmt::format("{}", range) : long_address(range.base);
}

// Above its bar, or as far to the right as there is room.
std::string evidence_words(const std::string& text, std::size_t from, std::size_t y,
                           const Canvas& canvas) {
  const auto on = [&](std::size_t width, std::string_view when) {
    const std::size_t wide = std::min(text.size() * kChar * kUnits / width + 1, kUnits);
    return words_at(share(std::min(from, kUnits - wide)), y, fmt::format("badt{}", when), text);
  };
  if (canvas.narrow == 0) return on(canvas.width, "");
  return on(canvas.width, " w") + on(canvas.narrow, " n");
}

// Bars over the strip, at the addresses that the evidence names.
SvgPart evidence(const Lane& lane, const std::vector<CellRun>& runs, const Pointed& pointed,
                 const Canvas& canvas) {
  SvgPart part;
  std::size_t rows = 0;
  for (const oracle::Region& range : pointed.accused) {
    if (!lane.region().where.contains(range.base)) continue;
    if (rows == kEvidenceRows) break;
    const std::size_t from = place_in(runs, range.base);
    const std::size_t to = place_in(runs, std::min(range.end(), lane.region().where.end()));
    part.elements += fmt::format(
        R"(<rect class="badbar" x="{}" width="{}" y="{{bar}}" height="5"/>)", share(from),
        share(std::clamp<std::size_t>(to - std::min(from, to), 6, kUnits)));
    part.elements +=
        evidence_words("evidence: " + evidence_text(range), from, 11 + rows * kEvidenceRow, canvas);
    ++rows;
  }
  if (rows == 0) return part;
  const std::size_t bar = rows * kEvidenceRow + 1;
  for (std::size_t at = 0; (at = part.elements.find("{bar}", at)) != std::string::npos;) {
    part.elements.replace(at, 5, std::to_string(bar));
  }
  part.height = bar + 6;
  return part;
}

void add_bar(std::string& out, std::string_view kind, std::size_t from, std::size_t to) {
  out += fmt::format(R"(<path class="{}" d="M{} 14H{}V18H{}Z"/>)", kind, from, to, from);
}

}  // namespace

Scale svg_scale() { return {kUnits, kCellLeast}; }

// A fifth of the width is left, so that large pieces are wider than small ones.
std::size_t svg_cells_most() { return kUnits * 4 / 5 / kCellLeast; }

bool shows_anything(const Lane& lane, const Step& step) {
  const std::span<const Piece> pieces = pieces_of(step, lane.region());
  return std::any_of(pieces.begin(), pieces.end(), [](const Piece& piece) {
    return piece.kind != PieceKind::Outside && piece.kind != PieceKind::Gone;
  });
}

SvgPart svg_strip(const Lane& lane, const Step& step, const Pointed& pointed,
                  const Canvas& canvas) {
  const std::vector<CellRun> runs = lane.runs(step, svg_scale());
  SvgPart part;
  const SvgPart above = evidence(lane, runs, pointed, canvas);
  std::size_t y = 1;
  if (above.height != 0) {
    part.elements += fmt::format("<g transform=\"translate(0 {})\">{}</g>\n", y, above.elements);
    y += above.height;
  }
  for (const CellRun& run : runs) {
    std::string_view extra;
    if (has_one_of(run, pointed.fresh)) extra = "new";
    if (touches(run, pointed.accused)) extra = "bad";
    part.elements += piece_element(run, canvas, y, extra);
  }
  y += kStrip;
  part.elements += ticks(lane, runs, pointed, canvas.width, y, canvas.narrow == 0 ? "" : " w");
  if (canvas.narrow != 0) part.elements += ticks(lane, runs, pointed, canvas.narrow, y, " n");
  part.height = y + kTickRows * kTickRow + 6;
  return part;
}

std::string svg_thin_strip(const Lane& lane, const Step& step, const Pointed& pointed) {
  std::array<std::string, kLooks> paths;
  std::string marks;
  for (const CellRun& run : lane.runs(step, svg_scale())) {
    paths[static_cast<std::size_t>(look_of(run))] += fmt::format(
        "M{} 0H{}V12H{}Z", run.from, run.to > run.from + 1 ? run.to - 1 : run.to, run.from);
    const bool bad = touches(run, pointed.accused);
    if (bad || has_one_of(run, pointed.fresh)) {
      add_bar(marks, bad ? "badbar" : "newbar", run.from, run.to);
    }
  }
  std::string out;
  for (std::size_t i = 0; i < kLooks; ++i) {
    if (paths[i].empty()) continue;
    out += fmt::format(R"(<path class="{}" d="{}"/>)", look_class(static_cast<Look>(i)), paths[i]);
  }
  return out + marks;
}

}  // namespace hobnail
