// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Elements of the page. Well-formed as XML too, so that it can be read by programs.
#include "fuzz/boot_view/html/html.h"

#include <fmt/format.h>

#include "fuzz/boot_view/changes.h"
#include "fuzz/boot_view/html/style.h"
#include "fuzz/boot_view/label.h"
#include "fuzz/boot_view/markup.h"
#include "fuzz/boot_view/svg/step.h"
#include "fuzz/boot_view/svg/style.h"
#include "fuzz/hob_dump/hob_names.h"
#include "fuzz/targets/banner.h"

namespace hobnail {
namespace {

constexpr std::size_t kWidth = 940;        // pixels of a picture
constexpr std::size_t kTablesMost = 4000;  // HOBs in tables of a page; beyond, the last list only

std::string number(const Step& step) {
  if (step.op == Step::kReset) return "reset";
  return step.title == "end checks" ? "end" : std::to_string(step.op);
}

std::string element(std::string_view tag, std::string_view kind, std::string_view text) {
  if (text.empty()) return {};
  return fmt::format("<{} class=\"{}\">{}</{}>\n", tag, kind, markup_text(text), tag);
}

std::string svg_of(const SvgPart& part, const std::string& label) {
  if (part.height == 0) return {};
  return fmt::format(
      "<svg class=\"pic\" role=\"img\" aria-label=\"{}\" viewBox=\"0 0 {} {}\">\n{}</svg>\n",
      markup_text(label), kWidth, part.height, part.elements);
}

std::string hob_rows(const Step& step, const Step* before) {
  const std::vector<bool> fresh = new_hobs(step, before);
  std::string rows;
  for (std::size_t i = 0; i < step.hobs.size(); ++i) {
    const HobLine& hob = step.hobs[i];
    rows += fmt::format(
        "<tr{}><td>{:#x}</td><td>{}</td><td>{:#x}</td><td>{}</td><td>{}</td></tr>\n",
        fresh[i] ? " class=\"fresh\"" : "", hob.address, markup_text(hob_type_name(hob.type)),
        hob.length, markup_text(hob_word(hob)), markup_text(hob.says));
  }
  return rows;
}

std::string hob_table(const Step& step, const Step* before, bool open) {
  if (step.hobs.empty()) return {};
  return fmt::format(
      "<details{}><summary>HOB list, {} HOBs</summary><div class=\"scroll\"><table><thead><tr>"
      "<th scope=\"col\">address</th><th scope=\"col\">type</th><th scope=\"col\">length</th>"
      "<th scope=\"col\">of</th><th scope=\"col\">content</th></tr></thead><tbody>\n{}"
      "</tbody></table></div></details>\n",
      open ? " open=\"open\"" : "", step.hobs.size(), hob_rows(step, before));
}

std::string finding_box(const Storyboard& story, const Step& step) {
  std::string note;
  if (step.died) note = "<p>The picture shows the memory before this op.</p>\n";
  return fmt::format(
      "<div class=\"finding\" role=\"alert\"><strong>{} ({})</strong><pre>{}</pre>{}</div>\n",
      story.finding->rule, class_of(*story.finding), markup_text(story.finding->evidence), note);
}

std::string words_of(const Step& step, const Step* before) {
  std::string answer = step.call;
  if (!step.outcome.empty()) answer += (answer.empty() ? "= " : "\n= ") + step.outcome;
  std::string text = element("pre", "answer", answer);
  if (before == nullptr || before->stage != step.stage) {
    text += element("p", "stage", "now: " + step.stage);
  }
  if (!step.broken_list.empty()) {
    text += element("p", "bad", "the HOB list is unreadable from here: " + step.broken_list);
  }
  if (step.story.empty()) return text;
  text += "<ul class=\"story\">\n";
  for (const std::string& line : step.story) {
    text += element("li", line.starts_with("  | ") ? "row" : "", line);
  }
  return text + "</ul>\n";
}

// Which steps have a table of their own.
bool has_table(const Storyboard& story, std::size_t index) {
  if (index == story.finding_step || index + 1 == story.steps.size()) return true;
  std::size_t all = 0;
  for (const Step& step : story.steps) all += step.hobs.size();
  return all <= kTablesMost;
}

std::string step_element(const Storyboard& story, const std::vector<Lane>& lanes, std::size_t index,
                         const std::string& prefix) {
  const Step& step = story.steps[index];
  const Step* const before = before_of(story, index);
  const bool changed = has_changed(step, before);
  const bool guilty = index == story.finding_step;
  std::string out = fmt::format(
      "<section class=\"step{}\" id=\"{}{}\"><div class=\"words\"><h3><span class=\"no\">{}</span> "
      "{}</h3>\n{}",
      guilty ? " guilty" : "", prefix, number(step), number(step),
      step.op == Step::kReset ? "" : markup_text(step.title), words_of(step, before));
  if (guilty) out += finding_box(story, step);
  out += "</div>\n<div class=\"picture\">\n";
  if (changed) {
    out += svg_of(svg_step(story, lanes, index, kWidth), "memory after " + step.title);
    const bool last = index + 1 == story.steps.size();
    if (has_table(story, index)) out += hob_table(step, before, last);
  } else {
    out += "<p class=\"same\">no change</p>\n";
  }
  return out + "</div></section>\n";
}

std::string contents(const Storyboard& story, const std::string& prefix) {
  std::string out = "<nav aria-label=\"ops\"><ol>\n";
  for (std::size_t i = 0; i < story.steps.size(); ++i) {
    const Step& step = story.steps[i];
    const bool guilty = i == story.finding_step;
    out += fmt::format("<li><a href=\"#{}{}\"{}>{}{}</a></li>\n", prefix, number(step),
                       guilty ? " class=\"bad\"" : "", markup_text(step.title),
                       guilty ? fmt::format(": {}", story.finding->rule) : "");
  }
  return out + "</ol></nav>\n";
}

}  // namespace

std::string boot_html_body(const Storyboard& story, const std::string& prefix) {
  std::string out = fmt::format(
      "<div class=\"boot\"><h1>{}</h1>\n<p class=\"about\">board {}: {}; target {}</p>\n",
      markup_text(story.title), markup_text(story.board), markup_text(story.board_title),
      markup_text(story.target));
  if (!story.skipped.empty()) out += element("p", "bad", "skipped: " + story.skipped);
  out += fmt::format("<svg class=\"defs\" width=\"0\" height=\"0\" aria-hidden=\"true\">{}</svg>\n",
                     svg_patterns());
  out += contents(story, prefix) + svg_of(svg_legend(story, kWidth), "legend");
  const std::vector<Lane> lanes = lanes_for(story, kWidth);
  for (std::size_t i = 0; i < story.steps.size(); ++i) {
    out += step_element(story, lanes, i, prefix);
  }
  out += fmt::format("<details><summary>the program</summary><pre>{}</pre></details>\n",
                     markup_text(story.program));
  return out + "</div>\n";
}

std::string boot_html(const Storyboard& story) {
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>"
      "<meta name=\"color-scheme\" content=\"light dark\"/><title>{}</title>\n"
      "<style>body{{margin:0}}.boot{{min-height:100vh;box-sizing:border-box}}\n{}</style></"
      "head>\n<body>\n{}</body></html>\n",
      markup_text(story.title), boot_html_css(), boot_html_body(story, "op-"));
}

}  // namespace hobnail
