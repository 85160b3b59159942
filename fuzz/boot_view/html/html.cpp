// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Elements of the page. Well-formed as XML too, so that it can be read by programs.
#include "fuzz/boot_view/html/html.h"

#include <fmt/format.h>

#include "fuzz/boot_view/folding.h"
#include "fuzz/boot_view/html/step.h"
#include "fuzz/boot_view/html/style.h"
#include "fuzz/boot_view/label.h"
#include "fuzz/boot_view/markup.h"
#include "fuzz/boot_view/svg/step.h"
#include "fuzz/boot_view/svg/style.h"

namespace hobnail {
namespace {

constexpr std::size_t kIndexMost = 200;  // ops; of longer boots the index names groups

std::string entry(const std::string& to, std::string_view kind, std::string_view words) {
  return fmt::format("<li><a href=\"#{}\"{}>{}</a></li>\n", to, kind, markup_text(words));
}

std::string op_entry(const Storyboard& story, const std::string& prefix, std::size_t index) {
  const Step& step = story.steps[index];
  std::string words = short_operands(step.title);
  if (step.op < story.steps.size()) words = fmt::format("{} {}", step.op, words);
  const bool guilty = index == story.finding_step;
  if (guilty) words = fmt::format("{}: {}", story.finding->rule, words);
  return entry(prefix + step_number(step), guilty ? " class=\"bad\"" : "", words);
}

std::string contents(const Storyboard& story, const std::string& prefix,
                     const std::vector<Fold>& folds) {
  std::string out = "<nav aria-label=\"ops\"><ol>\n";
  for (const Fold& fold : folds) {
    if (fold.folded && story.steps.size() > kIndexMost) {
      out += entry(prefix + "from-" + step_number(story.steps[fold.first]), "",
                   fold_name(story, fold));
      continue;
    }
    for (std::size_t i = fold.first; i < fold.last; ++i) out += op_entry(story, prefix, i);
  }
  return out + "</ol></nav>\n";
}

std::string look_entry(Look look) {
  return fmt::format(
      "<li><svg class=\"pic\" width=\"28\" height=\"18\" aria-hidden=\"true\"><rect class=\"piece "
      "{}\" width=\"100%\" height=\"100%\"/><text class=\"{}\" x=\"50%\" y=\"13\">{}</text></svg> "
      "{}</li>\n",
      look_class(look), is_hatched(look) ? "c h" : "c", markup_text(look_code(look)),
      markup_text(look_name(look)));
}

std::string legend(const Storyboard& story) {
  const std::array<bool, kLooks> seen = looks_in(story);
  std::string out = "<ul class=\"legend\">\n";
  for (std::size_t i = 0; i < kLooks; ++i) {
    if (seen[i] || static_cast<Look>(i) == Look::Several) out += look_entry(static_cast<Look>(i));
  }
  out += "</ul>\n<svg class=\"pic scale\" height=\"18\" aria-hidden=\"true\">";
  for (const ScaleBox& box : scale_boxes()) {
    out += fmt::format(
        "<svg x=\"{:.1f}%\" width=\"{:.1f}%\" height=\"18\"><rect class=\"piece bg\" "
        "width=\"100%\" height=\"100%\"/><text class=\"c\" x=\"50%\" y=\"12\">{}</text></svg>",
        static_cast<double>(box.from) / 10, static_cast<double>(box.to - box.from) / 10, box.size);
  }
  return out + fmt::format("</svg>\n<p class=\"about\">{}</p>\n<p class=\"about\">{}</p>\n",
                           kScaleWords, kSurvivesWords);
}

std::string patterns(const std::string& prefix) {
  return fmt::format("<svg class=\"defs\" width=\"0\" height=\"0\" aria-hidden=\"true\">{}</svg>\n",
                     svg_patterns(prefix));
}

std::string steps(const Storyboard& story, const std::string& prefix,
                  const std::vector<Fold>& folds) {
  const std::vector<Lane> lanes = lanes_for(story);
  const HtmlBoot boot{story, lanes, prefix};
  std::string out;
  for (const Fold& fold : folds) {
    out += fold.folded ? html_fold(boot, fold) : html_step(boot, fold.first);
  }
  return out;
}

std::string skipped(const Storyboard& story) {
  if (story.skipped.empty()) return {};
  return fmt::format("<p class=\"bad\">skipped: {}</p>\n", markup_text(story.skipped));
}

}  // namespace

std::string boot_html_figure(const Storyboard& story, const std::string& prefix) {
  return fmt::format("<div class=\"boot figure\"><style>{}</style>\n{}{}{}{}</div>\n",
                     boot_html_css(prefix), patterns(prefix), skipped(story), legend(story),
                     steps(story, prefix, folds_of(story)));
}

std::string boot_html(const Storyboard& story) {
  const std::string prefix = "op-";
  const std::vector<Fold> folds = folds_of(story);
  std::string out = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>"
      "<meta name=\"color-scheme\" content=\"light dark\"/><title>{}</title>\n"
      "<style>body{{margin:0}}.boot{{min-height:100vh;box-sizing:border-box}}\n{}</style></"
      "head>\n<body>\n",
      markup_text(story.title), boot_html_css(prefix));
  out += fmt::format(
      "<div class=\"boot\"><h1>{}</h1>\n<p class=\"about\">board {}: {}; target {}</p>\n",
      markup_text(story.title), markup_text(story.board), markup_text(story.board_title),
      markup_text(story.target));
  out += skipped(story) + patterns(prefix) + contents(story, prefix, folds) + legend(story) +
         steps(story, prefix, folds);
  out += fmt::format(
      "<details class=\"program\"><summary>the program</summary><pre>{}</pre>"
      "</details>\n",
      markup_text(story.program));
  return out + "</div>\n</body></html>\n";
}

}  // namespace hobnail
