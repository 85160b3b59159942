// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Ids of rules to sets of them.
#include "properties/oracle/rules/rule_choice.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "properties/oracle/rules/rules.h"

namespace hobnail::oracle {
namespace {

using Ids = std::vector<std::string>;

Ids split(std::string_view text) {
  Ids parts;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    if (comma != 0) parts.emplace_back(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return parts;
}

}  // namespace

std::variant<RuleSet, RuleChoiceError> choose_rules(const RuleNames& names) {
  for (const Ids* const ids : {&names.only, &names.without}) {
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
  RuleNames names;
  for (std::string& id : split(text)) {
    if (id.starts_with('-')) {
      names.without.push_back(id.substr(1));
    } else {
      names.only.push_back(std::move(id));
    }
  }
  return names;
}

std::string rule_choice_text(const RuleNames& names) {
  std::string text = fmt::format("{}", fmt::join(names.only, ","));
  for (const std::string& id : names.without) text += (text.empty() ? "-" : ",-") + id;
  return text;
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
