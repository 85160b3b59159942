// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Words on the left and pictures on the right; below each other where there is no room for both.
#include "fuzz/boot_view/html/step.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>

#include "fuzz/boot_view/changes.h"
#include "fuzz/boot_view/html/hobs.h"
#include "fuzz/boot_view/label.h"
#include "fuzz/boot_view/markup.h"
#include "fuzz/boot_view/svg/step.h"
#include "fuzz/targets/banner.h"

namespace hobnail {
namespace {

// Labels are chosen for these: what a strip has at the least on a wide page and on a narrow one.
constexpr Canvas kCanvas{760, 340};
constexpr std::size_t kTablesMost = 1500;  // HOBs in tables of a page; beyond, the last list only

std::string element(std::string_view tag, std::string_view kind, std::string_view text) {
  if (text.empty()) return {};
  return fmt::format("<{} class=\"{}\">{}</{}>\n", tag, kind, markup_text(text), tag);
}

std::string finding_box(const Storyboard& story, const Step& step) {
  std::string note;
  if (step.died) note = "<p>The picture shows the memory before this op.</p>\n";
  return fmt::format(
      "<div class=\"finding\" role=\"alert\"><strong>{} ({})</strong><pre>{}</pre>{}</div>\n",
      story.finding->rule, class_of(*story.finding), markup_text(story.finding->evidence), note);
}

std::string story_list(const Step& step) {
  if (step.story.empty()) return {};
  std::string text = "<ul class=\"story\">\n";
  for (const std::string& line : step.story) {
    text += line.starts_with("  | ") ? "<li class=\"row\">" : "<li>";
    text += markup_text(line) + "</li>\n";
  }
  return text + "</ul>\n";
}

std::string words_of(const Step& step, const Step* before) {
  std::string answer = step.call;
  if (!step.outcome.empty()) answer += (answer.empty() ? "= " : "\n= ") + step.outcome;
  std::string text = element("pre", "answer", answer);
  if (short_operands(step.title) != step.title) {
    text += fmt::format(
        "<details class=\"whole\"><summary>the op with all operands</summary><pre>{}</pre>"
        "</details>\n",
        markup_text(step.title));
  }
  if (before == nullptr || before->stage != step.stage) {
    text += element("p", "stage", "now: " + step.stage);
  }
  if (!step.broken_list.empty()) {
    text += element("p", "bad", "the HOB list is unreadable from here: " + step.broken_list);
  }
  return text + story_list(step);
}

std::string strip_element(const Lane& lane, const Step& step, const Pointed& pointed) {
  const SvgPart part = svg_strip(lane, step, pointed, kCanvas);
  const std::string name = fmt::format("{}  {}", lane.region().name, region_text(lane.region()));
  return fmt::format(
      "<p class=\"lane\">{0}</p>\n"
      "<svg class=\"pic strip\" role=\"img\" aria-label=\"{0}\" height=\"{1}\">\n{2}</svg>\n",
      markup_text(name), part.height, part.elements);
}

// Which steps have a table of their own.
bool has_table(const Storyboard& story, std::size_t index) {
  if (index == story.finding_step || index + 1 == story.steps.size()) return true;
  std::size_t all = 0;
  for (const Fold& fold : folds_of(story)) {
    if (!fold.folded) all += story.steps[fold.first].hobs.size();
  }
  return all <= kTablesMost;
}

std::string step_heading(const Step& step) {
  return step.op == Step::kReset ? "" : markup_text(short_operands(step.title));
}

// What the evidence names that no strip shows.
std::string elsewhere(const Storyboard& story) {
  if (!story.finding || !story.finding_about.empty()) return {};
  return "<p class=\"same\">The evidence names no address of the memory that is drawn.</p>\n";
}

std::string pictures(const HtmlBoot& boot, std::size_t index) {
  const Step& step = boot.story.steps[index];
  const Step* const before = before_of(boot.story, index);
  if (!has_changed(step, before)) return "<p class=\"same\">no change</p>\n";
  const Pointed pointed = pointed_at(boot.story, index);
  std::string out;
  for (const Lane* const lane : lanes_at(boot.story, boot.lanes, index)) {
    out += strip_element(*lane, step, pointed);
  }
  if (index == boot.story.finding_step) out += elsewhere(boot.story);
  out += html_hob_boxes(step, before, pointed.accused);
  const bool last = index + 1 == boot.story.steps.size();
  if (has_table(boot.story, index)) out += html_hob_table(step, before, last);
  return out;
}

// "AllocatePages" of "p0 = AllocatePages BootServicesData 1"
std::string service_of(const Step& step) {
  const std::size_t equals = step.title.find(" = ");
  const std::size_t from = equals == std::string::npos ? 0 : equals + 3;
  return step.title.substr(from, step.title.find(' ', from) - from);
}

std::string services_in(const Storyboard& story, const Fold& fold) {
  std::map<std::string, std::size_t> counts;
  for (std::size_t i = fold.first; i < fold.last; ++i) ++counts[service_of(story.steps[i])];
  std::string text;
  for (const auto& [name, count] : counts) {
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, name);
  }
  return text;
}

// The strips that an op has changed, without words.
std::string thin_strips(const HtmlBoot& boot, std::size_t index) {
  if (!has_changed(boot.story.steps[index], before_of(boot.story, index))) return {};
  std::string out;
  for (const Lane* const lane : changed_lanes_at(boot.story, boot.lanes, index)) {
    out += fmt::format(
        "<svg class=\"pic thin\" viewBox=\"0 0 1000 18\" preserveAspectRatio=\"none\" "
        "aria-hidden=\"true\">{}</svg>",
        svg_thin_strip(*lane, boot.story.steps[index], pointed_at(boot.story, index)));
  }
  return out;
}

std::string outcome_element(const Step& step) {
  const std::string text = short_outcome(step.outcome);
  return text.empty() ? text : fmt::format("<span class=\"out\">{}</span>", markup_text(text));
}

std::string html_row(const HtmlBoot& boot, std::size_t index) {
  const Step& step = boot.story.steps[index];
  return fmt::format(
      "<details class=\"row\" id=\"{}{}\"><summary><span class=\"op\"><b class=\"no\">{}</b> {}{}"
      "</span><span class=\"thins\">{}</span></summary>\n{}</details>\n",
      boot.prefix, step_number(step), step_number(step), step_heading(step), outcome_element(step),
      thin_strips(boot, index), words_of(step, before_of(boot.story, index)));
}

}  // namespace

std::string step_number(const Step& step) {
  if (step.op == Step::kReset) return "reset";
  return step.title == "end checks" ? "end" : std::to_string(step.op);
}

std::string fold_name(const Storyboard& story, const Fold& fold) {
  return fmt::format("ops {} to {}", step_number(story.steps[fold.first]),
                     step_number(story.steps[fold.last - 1]));
}

std::string html_step(const HtmlBoot& boot, std::size_t index) {
  const Step& step = boot.story.steps[index];
  const bool guilty = index == boot.story.finding_step;
  std::string out = fmt::format(
      "<section class=\"step{}\" id=\"{}{}\"><div class=\"words\"><h3><span class=\"no\">{}</span> "
      "{}</h3>\n{}",
      guilty ? " guilty" : "", boot.prefix, step_number(step), step_number(step),
      step_heading(step), words_of(step, before_of(boot.story, index)));
  if (guilty) out += finding_box(boot.story, step);
  return out + "</div>\n<div class=\"picture\">\n" + pictures(boot, index) + "</div></section>\n";
}

std::string html_fold(const HtmlBoot& boot, const Fold& fold) {
  std::string out =
      fmt::format("<details class=\"fold\" id=\"{}from-{}\"><summary><b>{}</b>: {}</summary>\n",
                  boot.prefix, step_number(boot.story.steps[fold.first]),
                  fold_name(boot.story, fold), markup_text(services_in(boot.story, fold)));
  for (std::size_t i = fold.first; i < fold.last; ++i) out += html_row(boot, i);
  return out + "</details>\n";
}

}  // namespace hobnail
