// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// --only-rule and --without-rule, for every command that plays boots.
#pragma once

#include <string>
#include <variant>
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

// The rules that may speak, or what is wrong with the names, in one line.
[[nodiscard]] std::variant<oracle::RuleSet, std::string> rule_set(const RuleOptions& options);

}  // namespace hobnail
