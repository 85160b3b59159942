// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Strips and boxes, one below the other.
#include "fuzz/boot_view/svg/step.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "fuzz/boot_view/changes.h"
#include "fuzz/boot_view/label.h"
#include "fuzz/boot_view/markup.h"
#include "fuzz/boot_view/svg/style.h"
#include "fuzz/boot_view/wrap.h"
#include "fuzz/hob_dump/hob_names.h"

namespace hobnail {
namespace {

constexpr std::size_t kHobHeight = 17;  // pixels
constexpr std::size_t kHobsMost = 60;   // of one picture: lists of real firmware have more

std::string text_at(std::size_t x, std::size_t y, std::string_view text, std::string_view kind) {
  return fmt::format(R"(<text x="{}" y="{}" class="{}">{}</text>)", x, y, kind, markup_text(text));
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
    const HobLine& hob = *step.hobs[i];
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

void append(SvgPart& whole, const SvgPart& part) {
  if (part.height == 0) return;
  whole.elements +=
      fmt::format("<g transform=\"translate(0 {})\">\n{}</g>\n", whole.height, part.elements);
  whole.height += part.height;
}

SvgPart lane_part(const Lane& lane, const Step& step, const Pointed& pointed, std::size_t width) {
  const SvgPart strip = svg_strip(lane, step, pointed, {width, 0});
  const std::string name = fmt::format("{}  {}", lane.region().name, region_text(lane.region()));
  return {text_at(0, 11, name, "dim") +
              fmt::format("<svg y=\"16\" width=\"{}\" height=\"{}\">\n{}</svg>\n", width,
                          strip.height, strip.elements),
          strip.height + 16};
}

}  // namespace

std::vector<Lane> lanes_for(const Storyboard& story) {
  std::vector<Lane> lanes;
  for (const StoryRegion& region : story.regions) {
    lanes.emplace_back(story, region, svg_cells_most());
  }
  return lanes;
}

std::vector<const Lane*> lanes_at(const Storyboard& story, const std::vector<Lane>& lanes,
                                  std::size_t index) {
  const Step* const before = before_of(story, index);
  std::vector<const Lane*> shown;
  for (const Lane& lane : lanes) {
    if (shows_anything(lane, story.steps[index]) ||
        (before != nullptr && shows_anything(lane, *before))) {
      shown.push_back(&lane);
    }
  }
  return shown;
}

std::vector<const Lane*> changed_lanes_at(const Storyboard& story, const std::vector<Lane>& lanes,
                                          std::size_t index) {
  std::vector<const Lane*> shown = lanes_at(story, lanes, index);
  const Step* const before = before_of(story, index);
  if (before == nullptr) return shown;
  std::vector<const Lane*> changed;
  for (const Lane* const lane : shown) {
    const auto now = pieces_of(story.steps[index], lane->region());
    const auto old = pieces_of(*before, lane->region());
    if (!std::equal(now.begin(), now.end(), old.begin(), old.end())) changed.push_back(lane);
  }
  return changed.empty() ? shown : changed;
}

Pointed pointed_at(const Storyboard& story, std::size_t index) {
  Pointed pointed{new_pieces(story.steps[index], before_of(story, index)), {}};
  if (index == story.finding_step) pointed.accused = story.finding_about;
  return pointed;
}

SvgPart svg_step(const Storyboard& story, const std::vector<Lane>& lanes, std::size_t index,
                 std::size_t width) {
  const Step& step = story.steps[index];
  const Pointed pointed = pointed_at(story, index);
  SvgPart whole;
  for (const Lane* const lane : lanes_at(story, lanes, index)) {
    append(whole, lane_part(*lane, step, pointed, width));
  }
  append(whole, hobs_part(step, before_of(story, index), width));
  return whole;
}

std::vector<ScaleBox> scale_boxes() {
  constexpr std::array<std::uint64_t, 3> kSizes{1U << 14U, 1U << 20U, 1U << 26U};
  double sum = 0;
  for (const std::uint64_t size : kSizes) sum += scale_weight(size);
  std::vector<ScaleBox> boxes;
  double so_far = 0;
  for (const std::uint64_t size : kSizes) {
    const auto from = static_cast<std::size_t>(1000 * so_far / sum);
    so_far += scale_weight(size);
    boxes.push_back({size_text(size), from, static_cast<std::size_t>(1000 * so_far / sum)});
  }
  return boxes;
}

SvgPart svg_legend(const Storyboard& story, std::size_t width) {
  const std::array<bool, kLooks> seen = looks_in(story);
  SvgPart part;
  std::size_t x = 0;
  std::size_t y = 0;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    if (!seen[i]) continue;
    const Look look = static_cast<Look>(i);
    const std::size_t room = 32 + (look_name(look).size() + 2) * kChar;
    if (x + room > width) {
      x = 0;
      y += 22;
    }
    part.elements += fmt::format(R"(<rect class="piece {}" x="{}" y="{}" width="26" height="16"/>)",
                                 look_class(look), x, y);
    part.elements += text_at(x + 13, y + 12, look_code(look), is_hatched(look) ? "c h" : "c") +
                     text_at(x + 32, y + 12, look_name(look), "") + "\n";
    x += room;
  }
  y += 26;
  for (const ScaleBox& box : scale_boxes()) {
    constexpr std::size_t kHalf = 2;  // the boxes are half a picture wide
    const std::size_t from = box.from * width / (1000 * kHalf);
    const std::size_t to = box.to * width / (1000 * kHalf);
    part.elements += fmt::format(R"(<rect class="piece {}" x="{}" y="{}" width="{}" height="16"/>)",
                                 look_class(Look::Outside), from, y, to - from);
    part.elements += text_at((from + to) / 2, y + 12, box.size, "c") + "\n";
  }
  for (const std::string_view words : {kScaleWords, kSurvivesWords}) {
    for (const std::string& line : wrapped(words, width / kChar)) {
      y += 16;
      part.elements += text_at(0, y + 14, line, "dim") + "\n";
    }
  }
  part.height = y + 24;
  return part;
}

}  // namespace hobnail
