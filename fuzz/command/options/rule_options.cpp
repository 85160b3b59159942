// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// From names of rules to a RuleSet. A name that is none must not pass: a boot that is judged by
// nobody would be clean.
#include "fuzz/command/options/rule_options.h"

#include <fmt/format.h>

#include <algorithm>

#include "properties/oracle/rules/rules.h"

namespace hobnail {
namespace {

std::string unknown(const std::string& id) {
  return fmt::format("{}: no such rule (see hobnail rules)", id);
}

}  // namespace

void add_rule_options(CLI::App& command, RuleOptions& options) {
  command.add_option("--only-rule", options.only, "let only this rule speak; may be repeated")
      ->type_name("ID")
      ->allow_extra_args(false);
  command.add_option("--without-rule", options.without, "let this rule not speak; may be repeated")
      ->type_name("ID")
      ->allow_extra_args(false);
}

std::variant<oracle::RuleSet, std::string> rule_set(const RuleOptions& options) {
  oracle::RuleSet rules;
  for (const std::string& id : options.only) {
    const auto rule = oracle::parse_rule(id);
    if (!rule) return unknown(id);
    rules.add_only(*rule);
  }
  for (const std::string& id : options.without) {
    const auto rule = oracle::parse_rule(id);
    if (!rule) return unknown(id);
    rules.remove(*rule);
  }
  if (rules.empty()) return "no rule is left that could speak";
  return rules;
}

}  // namespace hobnail
