// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The rule table: what must be true, each with a stable id, a sentence, and the clause it rests on.
// An id is a word, never reused for another meaning: reports, mutants and known-issue files refer
// to it.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "properties/oracle/rules/rule_id.h"
#include "properties/oracle/rules/verdict.h"

namespace hobnail::oracle {

enum class RuleClass {
  Contract,  // holds for calls that PI lets a PEIM make
  Hostile,   // shows only under arguments that PI forbids: a clean refusal is what is asked
};

struct Rule {
  RuleId key;
  std::string_view id;  // e.g. "HOB-CHAIN"
  std::string_view title;
  std::string_view clause;  // section of PI or docs/pei-semantics.md; invariants: invariants_of()
  RuleClass kind;
  std::string_view practice{};  // what is required by practice alone; empty: all rests on PI
};

// Row `i` is of the rule with index `i`.
[[nodiscard]] std::span<const Rule> rules();

// The stable id of a rule, and the rule of an id. For the edges of the program: reports, command
// lines, files.
[[nodiscard]] std::string_view rule_name(RuleId rule);
[[nodiscard]] std::optional<RuleId> parse_rule(std::string_view id);

}  // namespace hobnail::oracle
