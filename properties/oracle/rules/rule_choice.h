// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Which rules are enabled: from names, from a text, from the environment.
//
// Invariant: the text of a choice (`HOBNAIL_RULES`, --rule, --without-rule) names rules by their
// ids: "STATUS,REFUSAL" for these only, "-STATUS,-REFUSAL" for all but these. An unknown id is an
// error, and so is a choice without a rule: a boot without any check would be clean.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "properties/oracle/rules/verdict.h"

namespace hobnail::oracle {

struct RuleChoiceError {
  std::string message;  // one line: the id that is wrong, and where the ids are listed
};

struct RuleNames {
  std::vector<std::string> only;     // the rules that are enabled; empty: all
  std::vector<std::string> without;  // those that are disabled
};

[[nodiscard]] std::variant<RuleSet, RuleChoiceError> choose_rules(const RuleNames& names);

// The names of a text, and the text of names.
[[nodiscard]] RuleNames rule_names(std::string_view text);
[[nodiscard]] std::string rule_choice_text(const RuleNames& names);

// The rules that the environment variable HOBNAIL_RULES names; unset: all.
[[nodiscard]] std::variant<RuleSet, RuleChoiceError> rules_of_environment();

// False only for a rule of the table that is disabled; other ids, such as DIFFERENT-STATUS, cannot
// be.
[[nodiscard]] bool is_enabled(const RuleSet& rules, std::string_view id);

}  // namespace hobnail::oracle
