// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// --rule and --without-rule, for every command that judges.
#pragma once

#include <string>

#include "properties/oracle/rules/rule_choice.h"

namespace CLI {
class App;
}

namespace hobnail {

struct RuleOptions {
  oracle::RuleNames names;

  void add_to(CLI::App& command);
  [[nodiscard]] bool given() const { return !names.only.empty() || !names.without.empty(); }
  // The options as a value of HOBNAIL_RULES.
  [[nodiscard]] std::string text() const { return oracle::rule_choice_text(names); }
  // The rules of the options; without them, those of HOBNAIL_RULES; under the standard. Throws
  // UsageError.
  [[nodiscard]] oracle::RuleSet set(oracle::Standard standard) const;
};

}  // namespace hobnail
