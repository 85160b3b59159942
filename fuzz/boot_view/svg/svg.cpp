// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Steps one below the other, each under its op; of a long boot, most are a line.
#include "fuzz/boot_view/svg/svg.h"

#include <fmt/format.h>

#include "fuzz/boot_view/changes.h"
#include "fuzz/boot_view/folding.h"
#include "fuzz/boot_view/label.h"
#include "fuzz/boot_view/markup.h"
#include "fuzz/boot_view/svg/step.h"
#include "fuzz/boot_view/svg/style.h"
#include "fuzz/boot_view/wrap.h"
#include "fuzz/targets/banner.h"

namespace hobnail {
namespace {

constexpr std::size_t kWidth = 1200;
constexpr std::size_t kMargin = 16;
constexpr std::size_t kInner = kWidth - 2 * kMargin;
constexpr std::size_t kColumns = kInner / 7;  // of 11 pixels' text

class Page {
 public:
  void text(std::string_view words, std::string_view kind, std::size_t height) {
    elements_ += fmt::format("<text x=\"{}\" y=\"{}\" class=\"{}\">{}</text>\n", kMargin,
                             y_ + height - 4, kind, markup_text(words));
    y_ += height;
  }
  void part(const SvgPart& part, std::size_t space = 5) {
    y_ += space;
    elements_ +=
        fmt::format("<g transform=\"translate({} {})\">\n{}</g>\n", kMargin, y_, part.elements);
    y_ += part.height;
  }
  void line() {
    elements_ +=
        fmt::format(R"(<path class="line" d="M{} {}H{}"/>)", kMargin, y_ + 4, kWidth - kMargin);
    elements_ += '\n';
    y_ += 10;
  }
  void finding(const oracle::Finding& finding) {
    const std::vector<std::string> lines = wrapped(finding.evidence, kColumns - 4);
    const std::size_t height = 26 + 15 * lines.size();
    elements_ +=
        fmt::format(R"(<rect class="badbox" x="{}" y="{}" width="{}" height="{}" rx="4"/>)",
                    kMargin, y_, kInner, height - 6);
    elements_ +=
        fmt::format("<text x=\"{}\" y=\"{}\" class=\"badt mid\">{}</text>\n", kMargin + 8, y_ + 15,
                    markup_text(fmt::format("{} ({})", finding.rule, class_of(finding))));
    for (std::size_t i = 0; i < lines.size(); ++i) {
      elements_ += fmt::format("<text x=\"{}\" y=\"{}\">{}</text>\n", kMargin + 8, y_ + 30 + 15 * i,
                               markup_text(lines[i]));
    }
    y_ += height;
  }
  [[nodiscard]] std::string whole(const Storyboard& story, std::string_view prefix) const {
    std::string out = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"pic\" role=\"img\" "
        "aria-label=\"{}\" viewBox=\"0 0 {} {}\" width=\"{}\" height=\"{}\">\n",
        markup_text("The memory after each op of " + story.title), kWidth, y_ + kMargin, kWidth,
        y_ + kMargin);
    out += fmt::format("<title>{}</title>\n<style>{}</style>\n", markup_text(story.title),
                       svg_css(prefix));
    out += svg_patterns(prefix);
    out += fmt::format("<rect class=\"bg\" width=\"{}\" height=\"{}\"/>\n", kWidth, y_ + kMargin);
    return out + elements_ + "</svg>\n";
  }

 private:
  std::string elements_;
  std::size_t y_ = kMargin;
};

std::string heading(const Step& step) {
  if (step.op == Step::kReset || step.title == "end checks") return step.title;
  return fmt::format("{}  {}", step.op, short_operands(step.title));
}

std::string answer(const Step& step) {
  if (step.outcome.empty()) return step.call;
  return step.call.empty() ? "= " + step.outcome : step.call + " = " + step.outcome;
}

constexpr std::size_t kRow = 20;
constexpr std::size_t kRowColumns = 60;  // of its words; the strip stands beside them

std::string row_words(const Step& step) {
  std::string words = heading(step) + short_outcome(step.outcome);
  if (words.size() > kRowColumns) words = words.substr(0, kRowColumns - 2) + "..";
  return words;
}

// A folded op: its words, and the strips that it changed without words.
void draw_row(Page& page, const Storyboard& story, const std::vector<Lane>& lanes,
              std::size_t index) {
  const Step& step = story.steps[index];
  SvgPart part{fmt::format("<text x=\"0\" y=\"12\">{}</text>", markup_text(row_words(step))), kRow};
  if (has_changed(step, before_of(story, index))) {
    const std::vector<const Lane*> shown = changed_lanes_at(story, lanes, index);
    const std::size_t left = (kRowColumns + 1) * 7;
    const std::size_t wide = shown.empty() ? 0 : (kInner - left) / shown.size();
    for (std::size_t i = 0; i < shown.size(); ++i) {
      part.elements += fmt::format(R"(<svg x="{}" width="{}" height="18" viewBox="0 0 1000 18")"
                                   R"( preserveAspectRatio="none">{}</svg>)",
                                   left + i * wide, wide - 6,
                                   svg_thin_strip(*shown[i], step, pointed_at(story, index)));
    }
  }
  page.part(part, 0);
}

void draw_step(Page& page, const Storyboard& story, const std::vector<Lane>& lanes,
               std::size_t index) {
  const Step& step = story.steps[index];
  const Step* const before = before_of(story, index);
  page.line();
  const bool guilty = index == story.finding_step;
  for (const std::string& words : wrapped(heading(step), kColumns * 11 / 13)) {
    page.text(words, guilty ? "big badt" : "big", 20);
  }
  const std::string said = answer(step);
  for (const std::string& words : wrapped(said, kColumns)) page.text(words, "mid", 16);
  if (before == nullptr || before->stage != step.stage) page.text("now: " + step.stage, "dim", 16);
  if (!step.broken_list.empty()) {
    for (const std::string& words :
         wrapped("the HOB list is unreadable from here: " + step.broken_list, kColumns)) {
      page.text(words, "badt", 16);
    }
  }
  if (has_changed(step, before)) page.part(svg_step(story, lanes, index, kInner));
  if (guilty && step.died) page.text("the picture shows the memory before this op", "badt", 16);
  if (guilty) page.finding(*story.finding);
}

}  // namespace

std::string boot_svg(const Storyboard& story, std::string_view prefix) {
  Page page;
  page.text(story.title, "big", 20);
  page.text(fmt::format("board {} ({}), target {}", story.board, story.board_title, story.target),
            "dim", 20);
  if (!story.skipped.empty()) page.text("skipped: " + story.skipped, "", 20);
  page.part(svg_legend(story, kInner));
  const std::vector<Lane> lanes = lanes_for(story);
  for (const Fold& fold : folds_of(story)) {
    if (fold.folded) page.line();
    for (std::size_t i = fold.first; i < fold.last; ++i) {
      if (fold.folded) {
        draw_row(page, story, lanes, i);
      } else {
        draw_step(page, story, lanes, i);
      }
    }
  }
  return page.whole(story, prefix);
}

}  // namespace hobnail
