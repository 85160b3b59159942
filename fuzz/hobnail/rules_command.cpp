// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// hobnail rules: the rule table, for people and for programs.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "fuzz/hobnail/commands.h"
#include "properties/oracle/rules.h"

namespace hobnail {
namespace {

std::string_view class_name(pei::oracle::RuleClass kind) {
  return kind == pei::oracle::RuleClass::Contract ? "contract" : "hostile";
}

void print_table() {
  for (const pei::oracle::Rule& rule : pei::oracle::rules()) {
    fmt::print("{:<20} {:<9} {}\n{:<30} ({})\n", rule.id, class_name(rule.kind), rule.title, "",
               rule.clause);
  }
}

void print_json() {
  nlohmann::json rows = nlohmann::json::array();
  for (const pei::oracle::Rule& rule : pei::oracle::rules()) {
    rows.push_back({{"id", rule.id},
                    {"title", rule.title},
                    {"clause", rule.clause},
                    {"class", class_name(rule.kind)}});
  }
  fmt::print("{}\n", rows.dump(2));
}

}  // namespace

void add_rules_command(CLI::App& app, int& exit_code) {
  const auto json = std::make_shared<bool>(false);
  CLI::App* const command = app.add_subcommand("rules", "print the rule table");
  command->add_flag("--json", *json, "as JSON");
  command->callback([json, &exit_code] {
    *json ? print_json() : print_table();
    exit_code = kNothingFound;
  });
}

}  // namespace hobnail
