// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// --only-rule and --without-rule, for every command that runs programs.
#pragma once

#include <string>
#include <vector>

#include "properties/oracle/rules/verdict.h"

namespace CLI {
class App;
}

namespace hobnail {

struct RuleOptions {
  std::vector<std::string> only;
  std::vector<std::string> without;
};

void add_rule_options(CLI::App& command, RuleOptions& options);

// The enabled rules, under the standard. Throws UsageError for an unknown name, and when no rule is
// left.
[[nodiscard]] oracle::RuleSet rule_set(const RuleOptions& options, oracle::Standard standard);

}  // namespace hobnail
