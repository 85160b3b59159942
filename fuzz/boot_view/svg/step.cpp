// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Strips, addresses and boxes.
#include "fuzz/boot_view/svg/step.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "fuzz/boot_view/changes.h"
#include "fuzz/boot_view/label.h"
#include "fuzz/boot_view/markup.h"
#include "fuzz/hob_dump/hob_names.h"

namespace hobnail {
namespace {

// Pixels. A character of 11 pixels' monospace is 6.7 wide, rounded up.
constexpr std::size_t kChar = 7;
constexpr std::size_t kCellLeast = 36;  // five digits of an address
constexpr std::size_t kStrip = 30;
constexpr std::size_t kHobHeight = 17;
constexpr std::size_t kHobsMost = 120;  // of one picture: lists of real firmware have more

std::string text_at(std::size_t x, std::size_t y, std::string_view text, std::string_view kind) {
  return fmt::format(R"(<text x="{}" y="{}" class="{}">{}</text>)", x, y, kind, markup_text(text));
}

struct Mark {
  std::vector<const Piece*> fresh;
  std::vector<oracle::Region> accused;
};

std::string piece_element(const CellRun& run, std::size_t x, std::size_t width, std::size_t y,
                          std::string_view extra) {
  const std::string kind = run.pieces.size() == 1
                               ? fmt::format("k{}", static_cast<int>(run.pieces.front()->kind))
                               : std::string("several");
  const std::string label = run_label(run, width < 8 ? 0 : (width - 8) / kChar);
  std::string element = fmt::format(
      R"(<g><title>{}</title><rect class="piece {}" x="{}" y="{}" width="{}" height="{}"/>)",
      markup_text(run_story(run)), kind, x, y, width, kStrip);
  if (!extra.empty()) {
    element += fmt::format(R"(<rect class="{}" fill="none" x="{}" y="{}" width="{}" height="{}"/>)",
                           extra, x + 2, y + 2, width < 4 ? 0 : width - 4, kStrip - 4);
  }
  if (!label.empty()) {
    const std::size_t middle = x + (width - label.size() * kChar) / 2;
    const bool hatched = kind == "several" || kind == "k6" || kind == "k8" || kind == "k10";
    element += text_at(middle, y + kStrip / 2 + 4, label, hatched ? "onhatch" : "");
  }
  return element + "</g>\n";
}

// Addresses below the strip: those of what is pointed at first, the others where there is room.
std::string addresses(const Lane& lane, const std::vector<CellRun>& runs,
                      const std::vector<std::size_t>& places, const Mark& mark, std::size_t y) {
  std::vector<bool> taken(places.back() / kChar + 20, false);
  std::string out;
  const auto label = [&](const CellRun& run, std::string_view kind) {
    const std::string text = short_address(lane.region().where, run.where.base);
    const std::size_t from = places[run.first] / kChar;
    for (std::size_t i = from; i <= from + text.size() && i < taken.size(); ++i) {
      if (taken[i]) return;
    }
    for (std::size_t i = from; i <= from + text.size() && i < taken.size(); ++i) taken[i] = true;
    out += text_at(places[run.first], y, text, kind);
  };
  for (const CellRun& run : runs) {
    if (touches(run, mark.accused)) label(run, "badt");
  }
  for (const CellRun& run : runs) {
    if (has_one_of(run, mark.fresh)) label(run, "newt");
  }
  for (const CellRun& run : runs) label(run, "dim");
  return out;
}

SvgPart lane_part(const Lane& lane, const Step& step, const Mark& mark, std::size_t width) {
  SvgPart part;
  const std::vector<std::size_t> places = lane.places(width - 1, kCellLeast);
  const std::vector<CellRun> runs = lane.runs(step);
  part.elements = fmt::format(R"(<text x="0" y="11" class="dim">{}  {}</text>)",
                              markup_text(lane.region().name), region_text(lane.region()));
  part.elements += '\n';
  for (const CellRun& run : runs) {
    std::string_view extra;
    if (has_one_of(run, mark.fresh)) extra = "new";
    if (touches(run, mark.accused)) extra = "bad";
    part.elements +=
        piece_element(run, places[run.first], places[run.last] - places[run.first], 16, extra);
  }
  part.elements += addresses(lane, runs, places, mark, 16 + kStrip + 12) + '\n';
  part.height = 16 + kStrip + 20;
  return part;
}

std::string hob_story(const HobLine& hob) {
  return fmt::format("{:#x}: {}, {:#x} bytes. {}", hob.address, hob_type_name(hob.type), hob.length,
                     hob.says);
}

SvgPart hobs_part(const Step& step, const Step* before, std::size_t width) {
  SvgPart part;
  if (step.hobs.empty()) return part;
  const std::vector<bool> fresh = new_hobs(step, before);
  std::size_t x = 0;
  std::size_t y = 0;
  const std::size_t first = step.hobs.size() > kHobsMost ? step.hobs.size() - kHobsMost : 0;
  if (first != 0) {
    const std::string more = fmt::format("{} earlier HOBs, then", first);
    part.elements += text_at(0, 12, more, "dim");
    x = (more.size() + 1) * kChar;
  }
  for (std::size_t i = first; i < step.hobs.size(); ++i) {
    const HobLine& hob = step.hobs[i];
    const std::string word = hob_word(hob);
    const std::size_t box = word.size() * kChar + 10;
    if (x + box > width) {
      x = 0;
      y += kHobHeight + 3;
    }
    const bool unused = hob.type == pei::EFI_HOB_TYPE_UNUSED || word == "freed";
    part.elements += fmt::format(
        R"(<g><title>{}</title><rect class="hob{}{}" x="{}" y="{}" width="{}" height="{}"/>{}</g>)",
        markup_text(hob_story(hob)), unused ? " freedhob" : "", fresh[i] ? " new" : "", x + 1,
        y + 1, box - 2, kHobHeight - 2, text_at(x + 5, y + 12, word, fresh[i] ? "newt" : ""));
    part.elements += '\n';
    x += box + 2;
  }
  part.height = y + kHobHeight + 6;
  return part;
}

bool shows_anything(const Lane& lane, const Step& step) {
  return std::any_of(step.pieces.begin(), step.pieces.end(), [&](const Piece& piece) {
    return lane.region().where.contains(piece.where.base) && piece.kind != PieceKind::Outside &&
           piece.kind != PieceKind::Gone;
  });
}

void append(SvgPart& whole, const SvgPart& part) {
  if (part.height == 0) return;
  whole.elements +=
      fmt::format("<g transform=\"translate(0 {})\">\n{}</g>\n", whole.height, part.elements);
  whole.height += part.height;
}

}  // namespace

std::vector<Lane> lanes_for(const Storyboard& story, std::size_t width) {
  std::vector<Lane> lanes;
  for (const StoryRegion& region : story.regions) {
    lanes.emplace_back(story, region, width / kCellLeast);
  }
  return lanes;
}

SvgPart svg_step(const Storyboard& story, const std::vector<Lane>& lanes, std::size_t index,
                 std::size_t width) {
  const Step& step = story.steps[index];
  const Step* const before = before_of(story, index);
  Mark mark{new_pieces(step, before), {}};
  if (index == story.finding_step) mark.accused = story.finding_about;
  SvgPart whole;
  for (const Lane& lane : lanes) {
    // What has gone is drawn once, where it goes.
    const bool shown =
        shows_anything(lane, step) || (before != nullptr && shows_anything(lane, *before));
    if (shown) append(whole, lane_part(lane, step, mark, width));
  }
  append(whole, hobs_part(step, before, width));
  return whole;
}

SvgPart svg_legend(const Storyboard& story, std::size_t width) {
  std::array<bool, 16> seen{};
  for (const Step& step : story.steps) {
    for (const Piece& piece : step.pieces) seen[static_cast<std::size_t>(piece.kind)] = true;
  }
  SvgPart part;
  std::size_t x = 0;
  std::size_t y = 0;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    if (!seen[i]) continue;
    const std::string_view name = kind_name(static_cast<PieceKind>(i));
    const std::size_t room = 22 + (name.size() + 2) * kChar;
    if (x + room > width) {
      x = 0;
      y += 20;
    }
    part.elements +=
        fmt::format(R"(<rect class="piece k{}" x="{}" y="{}" width="16" height="13"/>{})", i, x, y,
                    text_at(x + 21, y + 11, name, ""));
    part.elements += '\n';
    x += room;
  }
  part.height = y + 22;
  return part;
}

}  // namespace hobnail
