// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What the options mean.
#include "fuzz/command/options/rule_options.h"

#include <CLI/CLI.hpp>

#include "fuzz/command/options/usage_error.h"

namespace hobnail {

void RuleOptions::add_to(CLI::App& command) {
  command
      .add_option("--rule,--only-rule", names.only,
                  "Check only this rule (repeatable; default: $HOBNAIL_RULES, else all)")
      ->type_name("ID")
      ->allow_extra_args(false);
  command.add_option("--without-rule", names.without, "Disable this rule (repeatable)")
      ->type_name("ID")
      ->allow_extra_args(false);
}

oracle::RuleSet RuleOptions::set(oracle::Standard standard) const {
  oracle::RuleSet rules =
      value_of(given() ? oracle::choose_rules(names) : oracle::rules_of_environment());
  rules.set_standard(standard);
  return rules;
}

}  // namespace hobnail
