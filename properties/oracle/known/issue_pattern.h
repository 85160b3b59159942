// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// IssuePattern: what a finding must have to be a known issue. Its text is that of a bucket
// (docs/triage.md), and any part but the first two may be absent:
//
//   RULE[|RULE] / op / phase / condition+condition / board / after Op,Op / words[ | words]
//
//   FREED-MARKED/FreePages/temporary/whole+at the gap/after AllocatePages/freed N N is
//   */FreePages/no slot for split              any rule, any phase: written by a person
//   TARGET-STOP/AllocatePool/Pool.c: ASSERT (N) <- one too many      what triggers it comes last
//
// Invariant: a part is recognized by what it says (names of phases, conditions and boards), never
// by its position, so a person may leave out what does not matter.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "properties/oracle/coverage/conditions.h"
#include "properties/oracle/coverage/coverage_table.h"

namespace hobnail::oracle {

// Rule of a boot that answers differently after others (docs/triage.md). It is none of the table,
// and no call of the boot is its cause.
inline constexpr std::string_view kStateOutlivesBoot = "STATE-OUTLIVES-BOOT";

// Kinds of ops, one bit for each OpCode.
using OpKinds = std::uint32_t;
[[nodiscard]] constexpr OpKinds kind_bit(OpCode code) {
  return OpKinds{1} << static_cast<unsigned>(code);
}

// What an op is to the calls after it. CreateHob adds a HOB, as AllocatePool does: it is both.
[[nodiscard]] OpKinds kinds_of(const Op& op);
// The one that a pattern names: CreateHob only where the type of the HOB can matter.
[[nodiscard]] OpKinds kind_in_name(const Op& op);

// What is known of a finding.
struct IssueFacts {
  std::string_view rule;
  std::string_view op;  // "FreePages", "enter", "end"
  BootPhase phase = BootPhase::Temporary;
  Conditions conditions;  // of the call
  std::uint8_t board = 0;
  OpKinds before = 0;  // kinds of the ops before it
  std::string words;   // check, assertion or end; empty: not known, and matches all
};

// What a call meets.
struct Circumstances {
  std::optional<BootPhase> phase;
  Conditions conditions;
  std::optional<std::uint8_t> board;
  OpKinds after = 0;  // kinds of ops before it

  // All but the conditions.
  [[nodiscard]] bool fit_place(const IssueFacts& facts) const;
};

struct IssuePattern : Circumstances {
  std::vector<std::string> rules;  // empty: any
  std::string op;                  // empty: any
  std::vector<std::string> words;  // one of them; empty: any
  Circumstances trigger;           // of the call, where they do not take part in its name

  [[nodiscard]] bool matches(const IssueFacts& facts) const;
  // The call alone, before it is made: op, phase, conditions, board, ops before it. The conditions
  // of an op are asked for only when all else is right.
  template <typename GetConditions>
  [[nodiscard]] bool fits_call(const IssueFacts& facts, const GetConditions& conditions_of) const {
    if (!fits_op(facts) || !fit_place(facts) || !trigger.fit_place(facts)) return false;
    const Conditions needed = conditions | trigger.conditions;
    return needed.none() || (needed & ~conditions_of()).none();
  }
  // The finding of a call that fits.
  [[nodiscard]] bool fits_finding(std::string_view rule, std::string_view words) const;

 private:
  [[nodiscard]] bool fits_op(const IssueFacts& facts) const { return op.empty() || op == facts.op; }
};

struct IssuePatternError {
  std::string message;  // what is wrong and what would be right
};
[[nodiscard]] std::variant<IssuePattern, IssuePatternError> parse_issue_pattern(
    std::string_view text);

// "whole+at the gap"
[[nodiscard]] std::string conditions_text(const Conditions& conditions);
// "AllocatePages,FreePages", in the order of their numbers.
[[nodiscard]] std::string kinds_text(OpKinds kinds);

// What a finding says of its check: the assertion of a stop, else the first words of its evidence.
[[nodiscard]] std::string words_of_finding(std::string_view evidence);

}  // namespace hobnail::oracle
