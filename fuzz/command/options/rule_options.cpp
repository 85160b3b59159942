// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// From names of rules to a RuleSet. An unknown name must not pass: a boot without any check would
// be clean.
#include "fuzz/command/options/rule_options.h"

#include <fmt/format.h>

#include <algorithm>

#include "fuzz/command/usage_error.h"
#include "properties/oracle/rules/rules.h"

namespace hobnail {
namespace {

[[noreturn]] void refuse(const std::string& id) {
  throw UsageError(fmt::format("rule '{}' is unknown; run `hobnail rules` for the list", id));
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

oracle::RuleSet rule_set(const RuleOptions& options) {
  oracle::RuleSet rules;
  for (const std::string& id : options.only) {
    if (!rules.add_only(id)) refuse(id);
  }
  for (const std::string& id : options.without) {
    if (!rules.remove(id)) refuse(id);
  }
  const auto all = oracle::rules();
  if (std::none_of(all.begin(), all.end(), [&](const auto& rule) { return rules.has(rule.id); })) {
    throw UsageError("no rule is left: all rules are disabled");
  }
  return rules;
}

}  // namespace hobnail
