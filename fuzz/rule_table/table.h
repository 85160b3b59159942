// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The rule table and the table of invariants, as text for a terminal and as JSON.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <string_view>

#include "properties/oracle/rules/rules.h"

namespace hobnail {

[[nodiscard]] std::string_view class_name(oracle::RuleClass kind);
// The sections and invariants that a rule rests on: "PI 1.8 Vol 3 4.5; I1 to I5, I10".
[[nodiscard]] std::string clause_text(const oracle::Rule& rule);
// What a rule rests on: "PI", or "PI; practice: what practice alone requires".
[[nodiscard]] std::string basis_text(const oracle::Rule& rule);
// The bug that is planted in a target to violate the rule; of several, the first.
[[nodiscard]] std::string_view planted_bug(std::string_view rule);
// The rules that hold an invariant, with commas between them.
[[nodiscard]] std::string rules_text(std::span<const std::string_view> ids);

void print_rules();
void print_invariants();
[[nodiscard]] nlohmann::json rules_json();
[[nodiscard]] nlohmann::json invariants_json();

}  // namespace hobnail
