// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Steps, one below the other.
#include "fuzz/boot_view/text/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "fuzz/boot_view/changes.h"
#include "fuzz/boot_view/folding.h"
#include "fuzz/boot_view/label.h"
#include "fuzz/boot_view/lane.h"
#include "fuzz/boot_view/text/hobs.h"
#include "fuzz/boot_view/text/strip.h"
#include "fuzz/boot_view/wrap.h"
#include "fuzz/targets/banner.h"

namespace hobnail {
namespace {

constexpr std::size_t kStoryMost = 40;  // lines of one op

std::string paint(const std::string& text, std::string_view code, const TextStyle& style) {
  return style.colour && !code.empty() ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : text;
}

std::string number_text(const Step& step) {
  if (step.op == Step::kReset) return "";
  return step.title == "end checks" ? "end" : std::to_string(step.op);
}

std::string step_name(const Step& step) {
  if (step.op == Step::kReset || step.title == "end checks") return step.title;
  return fmt::format("op {}: {}", step.op, short_operands(step.title));
}

std::string answer_text(const Step& step) {
  if (step.outcome.empty()) return step.call;
  return step.call.empty() ? "= " + step.outcome : step.call + " = " + step.outcome;
}

class Writer {
 public:
  Writer(const Storyboard& story, const TextStyle& style) : story_(story), style_(style) {
    const std::size_t cells = text_columns(style) / kTextCellLeast;
    for (const StoryRegion& region : story.regions) lanes_.emplace_back(story, region, cells);
  }

  std::string whole() {
    add_at(0, fmt::format("{}: board {}, target {}", story_.title, story_.board, story_.target));
    write_legend();
    for (std::size_t i = 0; i < story_.steps.size(); ++i) {
      const Step& step = story_.steps[i];
      if (style_.only_op && step.op != *style_.only_op) continue;
      const RepeatedOps* const group = folded_rounds(i);
      if (group == nullptr) {
        write(i);
      } else {
        const std::size_t from = i;
        while (i + 1 < story_.steps.size() && folded_rounds(i + 1) == group) ++i;
        write_rounds(*group, story_.steps[from].op, story_.steps[i].op);
      }
      last_ = &story_.steps[i];
    }
    if (last_ != nullptr && !last_->hobs.empty()) {
      text_ += "\n";
      add_at(0, fmt::format("the HOB list after {}:", short_operands(last_->title)));
      text_ += hob_table_text(*last_, style_);
    }
    write_end();
    return std::move(text_);
  }

 private:
  // The group of the step when it is like the rounds before it. What leads to the finding is drawn.
  [[nodiscard]] const RepeatedOps* folded_rounds(std::size_t index) const {
    const std::size_t op = story_.steps[index].op;
    const std::size_t found = story_.finding_step;
    if (style_.every_step || style_.only_op || op == Step::kReset) return nullptr;
    if (index <= found && found - index <= kOpsBeforeFinding) return nullptr;
    const auto group = std::find_if(story_.repeats.begin(), story_.repeats.end(),
                                    [&](const RepeatedOps& one) { return one.folds(op); });
    return group == story_.repeats.end() ? nullptr : &*group;
  }

  void write_rounds(const RepeatedOps& group, std::size_t from, std::size_t to) {
    text_ += "\n";
    add(fmt::format("... ops {} to {}: rounds {} to {} of {}; --all draws them", from, to,
                    group.round_of(from) + 1, group.round_of(to) + 1, group.rounds));
    after_picture_ = true;
  }

  // Lines no longer than the terminal; those that go on a line are set in by two.
  void add_at(std::size_t indent, std::string_view line, std::string_view code = {}) {
    const std::size_t width = std::max(style_.width, kTextWidthLeast);
    std::size_t more = 0;
    for (const std::string& part : wrapped(line, width - indent - 2)) {
      text_ += std::string(indent + more, ' ') + paint(part, code, style_) + "\n";
      more = 2;
    }
  }
  void add(std::string_view line, std::string_view code = {}) { add_at(kTextIndent, line, code); }
  // A line that fits.
  void add_fit(const std::string& line) { text_ += std::string(kTextIndent, ' ') + line + "\n"; }

  void write_legend() {
    TextStyle without_colour = style_;
    without_colour.colour = false;
    const std::vector<std::string> plain = fills_text(story_, without_colour);
    const std::vector<std::string> words = fills_text(story_, style_);
    std::string line;
    std::size_t used = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (used != 0 && used + 3 + plain[i].size() > text_columns(style_)) {
        add_fit(std::exchange(line, {}));
        used = 0;
      }
      line += (used == 0 ? "" : "   ") + words[i];
      used += (used == 0 ? 0 : 3) + plain[i].size();
    }
    if (used != 0) add_fit(line);
    if (!story_.steps.empty()) add("scale: logarithmic; read sizes and addresses, not widths");
  }

  // "  12  p0 = AllocatePages ..": whole when it is the only op.
  void write_title(const Step& step, const std::string& more) {
    const std::string title = style_.only_op ? step.title : short_operands(step.title);
    const std::size_t from = text_.size();
    add(title, "1");
    const std::string number = fmt::format("{:>4}", number_text(step));
    text_.replace(from, number.size(), number);
    if (more.empty()) return;
    const std::size_t used = text_.size() - text_.rfind('\n', text_.size() - 2) - 2;
    if (!style_.colour && used + 2 + more.size() < std::max(style_.width, kTextWidthLeast)) {
      text_.insert(text_.size() - 1, "  " + more);
    } else {
      add("  " + more);
    }
  }

  void write(std::size_t index) {
    const Step& step = story_.steps[index];
    const Step* const before = before_of(story_, index);
    const bool picture = style_.every_step || style_.only_op || has_changed(step, before);
    if (!picture) {
      if (std::exchange(after_picture_, false)) text_ += "\n";
      write_title(step, step.outcome.empty() ? "" : "= " + step.outcome);
      return;
    }
    text_ += "\n";
    write_title(step, {});
    after_picture_ = true;
    if (const std::string answer = answer_text(step); !answer.empty()) add(answer);
    write_story(step, before);
    write_strips(step, before, index);
    if (index == story_.finding_step) write_finding();
  }

  // Where the machine passes on, words say more than pictures.
  void write_story(const Step& step, const Step* before) {
    const bool passes_on = before == nullptr || step.stage != before->stage;
    if (passes_on) add("now: " + step.stage, "36");
    if (!style_.only_op && !passes_on) return;
    for (std::size_t i = 0; i < step.story.size() && i < kStoryMost; ++i) {
      const bool row = step.story[i].starts_with("  | ");  // of a map, which is drawn below
      if (!row || style_.only_op) add(". " + step.story[i]);
    }
  }

  void write_strips(const Step& step, const Step* before, std::size_t index) {
    Pointed pointed{new_pieces(step, before), {}};
    if (index == story_.finding_step) pointed.accused = story_.finding_about;
    for (const Lane& lane : lanes_) {
      if (!style_.only_op && is_old(lane, step, before)) continue;
      add(lane.region().name + "  " + region_text(lane.region()), "1");
      for (const std::string& line : strip_text(lane, step, pointed, style_)) add_fit(line);
    }
    for (const std::string& line : hobs_text(step, before, style_)) add_fit(line);
    if (!step.broken_list.empty()) {
      add("the list is unreadable from here: " + step.broken_list, "31");
    }
  }

  // A region that is as it was, of which this step has nothing to say.
  [[nodiscard]] bool is_old(const Lane& lane, const Step& step, const Step* before) const {
    const std::span<const Piece> now = pieces_of(step, lane.region());
    const bool idle = std::all_of(now.begin(), now.end(), [](const Piece& piece) {
      return piece.kind == PieceKind::Outside || piece.kind == PieceKind::Gone;
    });
    if (before == nullptr) return idle;
    const std::span<const Piece> old = pieces_of(*before, lane.region());
    const bool same = std::equal(now.begin(), now.end(), old.begin(), old.end());
    return same && (idle || !(style_.every_step || step.found));
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
    text_ += "\n";
    add_at(0, "found: " + words, "31;1");
  }

  void write_finding() {
    const auto& finding = *story_.finding;
    add(fmt::format("!!! {} ({})", finding.rule, class_of(finding)), "31;1");
    for (std::size_t from = 0; from < finding.evidence.size();) {
      const std::size_t to = std::min(finding.evidence.find('\n', from), finding.evidence.size());
      add_at(kTextIndent + 4, std::string_view(finding.evidence).substr(from, to - from));
      from = to + 1;
    }
    if (story_.steps[story_.finding_step].died) {
      add_at(kTextIndent + 4, "the picture shows the memory before this op");
    }
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
