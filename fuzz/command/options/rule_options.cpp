// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// From names of rules to a RuleSet. An unknown name must not pass: a boot without any check would
// be clean.
#include "fuzz/command/options/rule_options.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "fuzz/command/options/usage_error.h"
#include "properties/oracle/rules/rules.h"

namespace hobnail {
namespace {

oracle::RuleId rule_of(const std::string& id) {
  const auto rule = oracle::parse_rule(id);
  if (!rule) {
    throw UsageError(fmt::format("rule '{}' is unknown; run `hobnail rules` for the list", id));
  }
  return *rule;
}

}  // namespace

void add_rule_options(CLI::App& command, RuleOptions& options) {
  command.add_option("--only-rule", options.only, "Check only this rule (repeatable)")
      ->type_name("ID")
      ->allow_extra_args(false);
  command.add_option("--without-rule", options.without, "Disable this rule (repeatable)")
      ->type_name("ID")
      ->allow_extra_args(false);
}

oracle::RuleSet rule_set(const RuleOptions& options, oracle::Standard standard) {
  oracle::RuleSet rules(standard);
  for (const std::string& id : options.only) rules.add_only(rule_of(id));
  for (const std::string& id : options.without) rules.remove(rule_of(id));
  if (rules.empty()) throw UsageError("no rule is left: all rules are disabled");
  return rules;
}

}  // namespace hobnail
