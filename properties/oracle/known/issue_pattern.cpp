// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Reading patterns, and matching.
#include "properties/oracle/known/issue_pattern.h"

#include <fmt/format.h>

#include <algorithm>

#include "properties/oracle/board/board_profile.h"
#include "properties/oracle/known/evidence_shape.h"
#include "properties/oracle/rules/rules.h"

namespace hobnail::oracle {
namespace {

constexpr std::string_view kAfter = "after ";
constexpr std::string_view kTrigger = " <- ";
constexpr std::string_view kOr = " | ";

std::vector<std::string_view> split(std::string_view text, std::string_view between) {
  std::vector<std::string_view> parts;
  for (std::size_t at = 0;;) {
    const std::size_t end = text.find(between, at);
    parts.push_back(text.substr(at, end - at));
    if (end == std::string_view::npos) return parts;
    at = end + between.size();
  }
}

std::optional<BootPhase> phase_named(std::string_view name) {
  for (std::size_t i = 0; i < kBootPhases; ++i) {
    if (boot_phase_name(static_cast<BootPhase>(i)) == name) return static_cast<BootPhase>(i);
  }
  return std::nullopt;
}

std::optional<std::uint8_t> board_named(std::string_view name) {
  for (const BoardProfile& board : board_profiles()) {
    if (board.name == name) return board.number;
  }
  return std::nullopt;
}

std::optional<Conditions> conditions_named(std::string_view text) {
  Conditions conditions;
  for (const std::string_view name : split(text, "+")) {
    std::size_t i = 1;
    while (i < conditions.size() && condition_name(static_cast<Condition>(i)) != name) ++i;
    if (i == conditions.size()) return std::nullopt;
    conditions.set(i);
  }
  return conditions;
}

const OpRow* op_named(std::string_view name) {
  const auto rows = op_table();
  const auto at =
      std::find_if(rows.begin(), rows.end(), [&](const OpRow& row) { return row.name == name; });
  return at == rows.end() ? nullptr : &*at;
}

std::optional<OpKinds> kinds_named(std::string_view text) {
  OpKinds kinds = 0;
  for (const std::string_view name : split(text, ",")) {
    const OpRow* const row = op_named(name);
    if (row == nullptr) return std::nullopt;
    kinds |= kind_bit(row->code);
  }
  return kinds;
}

bool is_op_name(std::string_view name) {
  return name == "enter" || name == "end" || name == "list" || op_named(name) != nullptr;
}

// Findings of two runs are of no rule of the table.
bool is_of_two_runs(std::string_view rule) {
  return rule.starts_with("DIFFERENT-") || rule == kStateOutlivesBoot;
}

// True when the part was one of those that are recognized.
bool take_part(Circumstances& pattern, std::string_view part) {
  if (const auto phase = phase_named(part)) {
    pattern.phase = phase;
  } else if (const auto board = board_named(part)) {
    pattern.board = board;
  } else if (const auto conditions = conditions_named(part)) {
    pattern.conditions = *conditions;
  } else if (part.starts_with(kAfter)) {
    const auto kinds = kinds_named(part.substr(kAfter.size()));
    pattern.after = kinds.value_or(0);
    return kinds.has_value();
  } else {
    return false;
  }
  return true;
}

// The words may have slashes of their own: they are all that follows.
void take_words(IssuePattern& pattern, std::string_view words) {
  pattern.words.emplace_back(words);
  const auto alternatives = split(words, kOr);
  if (alternatives.size() < 2) return;
  for (const std::string_view one : alternatives) pattern.words.emplace_back(one);
}

std::optional<std::string> take_head(IssuePattern& pattern, std::string_view rules,
                                     std::string_view op) {
  if (rules != "*") {
    for (const std::string_view rule : split(rules, "|")) {
      if (!is_of_two_runs(rule) && !parse_rule(rule))
        return fmt::format("{} is no rule (hobnail rules lists them; * is any)", rule);
      pattern.rules.emplace_back(rule);
    }
  }
  if (op == "*") return std::nullopt;
  if (!is_op_name(op)) return fmt::format("{} is no op; there are FreePages, ..., enter, end", op);
  pattern.op = op;
  return std::nullopt;
}

}  // namespace

std::variant<IssuePattern, IssuePatternError> parse_issue_pattern(std::string_view text) {
  IssuePattern pattern;
  if (const std::size_t arrow = text.rfind(kTrigger); arrow != std::string_view::npos) {
    const auto parts = split(text.substr(arrow + kTrigger.size()), "/");
    const auto take = [&](std::string_view part) { return take_part(pattern.trigger, part); };
    if (std::all_of(parts.begin(), parts.end(), take)) text = text.substr(0, arrow);
  }
  const std::vector<std::string_view> parts = split(text, "/");
  if (parts.size() < 2) {
    return IssuePatternError{"expected RULE/OP[/PHASE][/CONDITIONS][/BOARD][/after OPS][/WORDS]"};
  }
  if (const auto error = take_head(pattern, parts[0], parts[1])) return IssuePatternError{*error};
  for (std::size_t i = 2; i < parts.size(); ++i) {
    if (take_part(pattern, parts[i])) continue;
    take_words(pattern, text.substr(static_cast<std::size_t>(parts[i].data() - text.data())));
    break;
  }
  return pattern;
}

OpKinds kinds_of(const Op& op) {
  const OpKinds kind = kind_bit(op.code);
  return op.code == OpCode::CreateHob ? kind | kind_bit(OpCode::AllocatePool) : kind;
}

OpKinds kind_in_name(const Op& op) {
  constexpr std::uint32_t kMemoryAllocation = 2, kResource = 3;
  const bool plain =
      op.code == OpCode::CreateHob && op.number != kMemoryAllocation && op.number != kResource;
  return kind_bit(plain ? OpCode::AllocatePool : op.code);
}

bool Circumstances::fit_place(const IssueFacts& facts) const {
  if (phase && *phase != facts.phase) return false;
  if (board && *board != facts.board) return false;
  return (after & ~facts.before) == 0;
}

bool IssuePattern::fits_finding(std::string_view rule, std::string_view said) const {
  const auto is = [](std::string_view wanted) {
    return [wanted](const std::string& one) { return one == wanted; };
  };
  if (!rules.empty() && std::none_of(rules.begin(), rules.end(), is(rule))) return false;
  return words.empty() || said.empty() || std::any_of(words.begin(), words.end(), is(said));
}

bool IssuePattern::matches(const IssueFacts& facts) const {
  return fits_op(facts) && fit_place(facts) && (conditions & ~facts.conditions).none() &&
         fits_finding(facts.rule, facts.words);
}

std::string conditions_text(const Conditions& conditions) {
  std::string text;
  for (std::size_t i = 1; i < conditions.size(); ++i) {
    if (!conditions.test(i)) continue;
    text += fmt::format("{}{}", text.empty() ? "" : "+", condition_name(static_cast<Condition>(i)));
  }
  return text;
}

std::string kinds_text(OpKinds kinds) {
  std::string text;
  for (const OpRow& row : op_table()) {
    if ((kinds & kind_bit(row.code)) == 0) continue;
    text += fmt::format("{}{}", text.empty() ? "" : ",", row.name);
  }
  return text;
}

std::string words_of_finding(std::string_view evidence) {
  return is_stop(evidence) ? stop_words(evidence) : check_words(evidence);
}

}  // namespace hobnail::oracle
