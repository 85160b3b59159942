// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Steps, one below the other.
#include "fuzz/boot_view/text/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "fuzz/boot_view/changes.h"
#include "fuzz/boot_view/label.h"
#include "fuzz/boot_view/lane.h"
#include "fuzz/boot_view/text/hobs.h"
#include "fuzz/boot_view/text/strip.h"
#include "fuzz/targets/banner.h"

namespace hobnail {
namespace {

constexpr std::size_t kStoryMost = 40;  // lines of one op

std::string paint(const std::string& text, std::string_view code, const TextStyle& style) {
  return style.colour ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : text;
}

std::string number_text(const Step& step) {
  if (step.op == Step::kReset) return "";
  return step.title == "end checks" ? "end" : std::to_string(step.op);
}

std::string step_name(const Step& step) {
  if (step.op == Step::kReset || step.title == "end checks") return step.title;
  return fmt::format("op {}: {}", step.op, step.title);
}

void add(std::string& text, const std::string& line) {
  text += std::string(kTextIndent, ' ') + line + "\n";
}

std::string answer_text(const Step& step) {
  if (step.outcome.empty()) return step.call;
  return step.call.empty() ? "= " + step.outcome : step.call + " = " + step.outcome;
}

class Writer {
 public:
  Writer(const Storyboard& story, const TextStyle& style) : story_(story), style_(style) {
    // A cell is five columns or more.
    const std::size_t cells = (std::max<std::size_t>(style.width, 60) - kTextIndent - 1) / 5;
    for (const StoryRegion& region : story.regions) lanes_.emplace_back(story, region, cells);
  }

  std::string whole() {
    text_ = fmt::format("{}: board {}, target {}\n", story_.title, story_.board, story_.target);
    if (const std::string fills = fills_text(story_, style_); !fills.empty()) add(text_, fills);
    for (std::size_t i = 0; i < story_.steps.size(); ++i) {
      const Step& step = story_.steps[i];
      if (style_.only_op && step.op != *style_.only_op) continue;
      last_ = &step;
      write(i);
    }
    if (last_ != nullptr && !last_->hobs.empty()) {
      text_ += fmt::format("\nthe HOB list after {}:\n", last_->title) + hob_table_text(*last_);
    }
    write_end();
    return std::move(text_);
  }

 private:
  void write(std::size_t index) {
    const Step& step = story_.steps[index];
    const Step* const before = before_of(story_, index);
    const std::string title =
        fmt::format("{:>4}  {}", number_text(step), paint(step.title, "1", style_));
    const bool picture = style_.every_step || style_.only_op || has_changed(step, before);
    if (!picture) {
      if (std::exchange(after_picture_, false)) text_ += "\n";
      text_ += title + (step.outcome.empty() ? "" : "  = " + step.outcome) + "\n";
      return;
    }
    text_ += "\n" + title + "\n";
    after_picture_ = true;
    if (const std::string answer = answer_text(step); !answer.empty()) add(text_, answer);
    write_story(step, before);
    write_strips(step, before, index);
    if (index == story_.finding_step) write_finding();
  }

  // Where the machine passes on, words say more than pictures.
  void write_story(const Step& step, const Step* before) {
    const bool passes_on = before == nullptr || step.stage != before->stage;
    if (passes_on) add(text_, paint("now: " + step.stage, "36", style_));
    if (!style_.only_op && !passes_on) return;
    for (std::size_t i = 0; i < step.story.size() && i < kStoryMost; ++i) {
      const bool row = step.story[i].starts_with("  | ");  // of a map, which is drawn below
      if (!row || style_.only_op) add(text_, ". " + step.story[i]);
    }
  }

  void write_strips(const Step& step, const Step* before, std::size_t index) {
    Pointed pointed{new_pieces(step, before), {}};
    if (index == story_.finding_step) pointed.accused = story_.finding_about;
    for (const Lane& lane : lanes_) {
      if (!style_.only_op && is_old(lane, step, before)) continue;
      add(text_, paint(lane.region().name, "1", style_) + "  " + region_text(lane.region()));
      for (const std::string& line : strip_text(lane, step, pointed, style_)) add(text_, line);
    }
    for (const std::string& line : hobs_text(step, before, style_)) add(text_, line);
    if (!step.broken_list.empty()) {
      add(text_, paint("the list is unreadable from here: " + step.broken_list, "31", style_));
    }
  }

  // A region that is as it was, of which this step has nothing to say.
  [[nodiscard]] bool is_old(const Lane& lane, const Step& step, const Step* before) const {
    const auto pieces_of = [&](const Step& one) {
      std::vector<Piece> pieces;
      for (const Piece& piece : one.pieces) {
        if (lane.region().where.contains(piece.where.base)) pieces.push_back(piece);
      }
      return pieces;
    };
    const std::vector<Piece> now = pieces_of(step);
    const bool idle = std::all_of(now.begin(), now.end(), [](const Piece& piece) {
      return piece.kind == PieceKind::Outside || piece.kind == PieceKind::Gone;
    });
    if (before == nullptr) return idle;
    return now == pieces_of(*before) && (idle || !(style_.every_step || step.found));
  }

  // Once more, behind a table that may be long.
  void write_end() {
    if (!story_.finding) {
      text_ += style_.only_op ? "" : "\nno finding\n";
      return;
    }
    const std::string words =
        fmt::format("{} ({}) at {}", story_.finding->rule, class_of(*story_.finding),
                    step_name(story_.steps[story_.finding_step]));
    text_ += "\n" + paint("found: " + words, "31;1", style_) + "\n";
  }

  void write_finding() {
    const auto& finding = *story_.finding;
    add(text_, paint(fmt::format("!!! {} ({})", finding.rule, class_of(finding)), "31;1", style_));
    for (std::size_t from = 0; from < finding.evidence.size();) {
      const std::size_t to = std::min(finding.evidence.find('\n', from), finding.evidence.size());
      add(text_, "    " + finding.evidence.substr(from, to - from));
      from = to + 1;
    }
    const bool died = story_.steps[story_.finding_step].died;
    if (died) add(text_, "    the picture shows the memory before this op");
  }

  const Storyboard& story_;
  const TextStyle& style_;
  std::vector<Lane> lanes_;
  std::string text_;
  const Step* last_ = nullptr;
  bool after_picture_ = false;
};

}  // namespace

std::string boot_text(const Storyboard& story, const TextStyle& style) {
  return Writer(story, style).whole();
}

}  // namespace hobnail
