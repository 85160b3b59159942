// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Ids of rules to sets of them.
#include "properties/oracle/rules/rule_choice.h"

#include <fmt/format.h>

#include <cstdlib>
#include <utility>

#include "properties/oracle/choice_text.h"
#include "properties/oracle/rules/rules.h"

namespace hobnail::oracle {

std::variant<RuleSet, RuleChoiceError> choose_rules(const RuleNames& names) {
  for (const auto* const ids : {&names.only, &names.without}) {
    for (const std::string& id : *ids) {
      if (parse_rule(id)) continue;
      return RuleChoiceError{
          fmt::format("rule '{}' is unknown; run `hobnail rules` for the list", id)};
    }
  }
  RuleSet rules;
  for (const std::string& id : names.only) rules.add_only(*parse_rule(id));
  for (const std::string& id : names.without) rules.remove(*parse_rule(id));
  if (rules.empty()) return RuleChoiceError{"no rule is left: all rules are disabled"};
  return rules;
}

RuleNames rule_names(std::string_view text) {
  Choice choice = choice_of(text);
  return {std::move(choice.only), std::move(choice.without)};
}

std::string rule_choice_text(const RuleNames& names) {
  return choice_text(names.only, names.without);
}

std::variant<RuleSet, RuleChoiceError> rules_of_environment() {
  const char* const text = std::getenv("HOBNAIL_RULES");
  auto rules = choose_rules(rule_names(text == nullptr ? "" : text));
  if (auto* const error = std::get_if<RuleChoiceError>(&rules)) {
    error->message.insert(0, "HOBNAIL_RULES: ");
  }
  return rules;
}

bool is_enabled(const RuleSet& rules, std::string_view id) {
  const auto rule = parse_rule(id);
  return !rule || rules.has(*rule);
}

}  // namespace hobnail::oracle
