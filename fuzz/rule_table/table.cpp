// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Printing the two tables.
#include "fuzz/rule_table/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "properties/oracle/rules/traceability.h"
#include "properties/planted/fault_proof.h"

namespace hobnail {
namespace {

using oracle::Invariant;
using oracle::invariants;
using oracle::invariants_of;
using oracle::Rule;
using oracle::rules;

nlohmann::json record_of(const Rule& rule) {
  return {{"id", rule.id},
          {"title", rule.title},
          {"clause", clause_text(rule)},
          {"class", class_name(rule.kind)},
          {"invariants", invariants_of(rule.key)},
          {"stands_on", rule.practice.empty() ? "pi" : "pi, practice"},
          {"practice", rule.practice},
          {"planted_bug", planted_bug(rule.id)}};
}

nlohmann::json record_of(const Invariant& invariant) {
  const auto ids = invariant.rule_ids();
  return {{"number", invariant.number},
          {"title", invariant.title},
          {"cover", cover_name(invariant.cover)},
          {"rules", std::vector<std::string_view>(ids.begin(), ids.end())},
          {"note", invariant.note}};
}

template <typename Rows>
nlohmann::json records_of(const Rows& rows) {
  nlohmann::json records = nlohmann::json::array();
  for (const auto& row : rows) records.push_back(record_of(row));
  return records;
}

}  // namespace

std::string_view class_name(oracle::RuleClass kind) {
  return kind == oracle::RuleClass::Contract ? "contract" : "hostile";
}

std::string clause_text(const Rule& rule) {
  const std::string numbers = oracle::numbers_text(invariants_of(rule.key));
  const bool both = !rule.clause.empty() && !numbers.empty();
  return fmt::format("{}{}{}", rule.clause, both ? "; " : "", numbers);
}

std::string basis_text(const Rule& rule) {
  return rule.practice.empty() ? "PI" : fmt::format("PI; practice: {}", rule.practice);
}

std::string_view planted_bug(std::string_view rule) {
  static const std::vector<oracle::Fault> all = oracle::all_faults();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const auto& fault) { return rule_name(fault.rule) == rule; });
  return found == all.end() ? std::string_view{} : found->what;
}

std::string rules_text(std::span<const std::string_view> ids) {
  return fmt::format("{}", fmt::join(ids, ", "));
}

nlohmann::json rules_json() { return records_of(rules()); }
nlohmann::json invariants_json() { return records_of(invariants()); }

void print_rules() {
  for (const Rule& rule : rules()) {
    fmt::print("{:<20} {:<9} {}\n{:<30} ({})\n{:<30} stands on {}\n{:<30} found when {}\n", rule.id,
               class_name(rule.kind), rule.title, "", clause_text(rule), "", basis_text(rule), "",
               planted_bug(rule.id));
  }
}

void print_invariants() {
  for (const Invariant& invariant : invariants()) {
    fmt::print("I{:<4} {:<10} {}\n", invariant.number, cover_name(invariant.cover),
               invariant.title);
    const auto ids = invariant.rule_ids();
    if (!ids.empty()) fmt::print("{:<16} by {}\n", "", rules_text(ids));
    if (!invariant.note.empty()) fmt::print("{:<16} {}\n", "", invariant.note);
  }
}

}  // namespace hobnail
