// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Four boots a bug: without it; with it, under all rules, under its own alone, and under all
// others. A rule is proven when the second and third violate it, and the first and last violate
// none.
#include "fuzz/rule_table/prove.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "fuzz/process/in_child.h"
#include "properties/oracle/rules/rules.h"
#include "properties/planted/fault_proof.h"

namespace hobnail {
namespace {

using nlohmann::json;
using oracle::Fault;

// The finding on the target without the bug; empty: none.
std::string finding_without_bug(const Fault& fault, const hobnail_target& target) {
  const oracle::Outcome outcome =
      oracle::run_in_lockstep(boot_of(fault), target, oracle::options_for({}));
  if (!outcome.finding) return outcome.skipped;
  return fmt::format("without the bug {} is violated", outcome.finding->rule);
}

json play(const Fault& fault, const hobnail_target& target) {
  const std::string unbroken = finding_without_bug(fault, target);
  const oracle::FaultProof proof = try_fault(fault, target);
  return {{"caught", proof.all == rule_name(fault.rule)},
          {"only_it", proof.only == rule_name(fault.rule)},
          {"silent_off", proof.without.empty()},
          {"first", proof.all},
          {"without", proof.without},
          {"proven", unbroken.empty() && proof.good(fault)},
          {"reason", unbroken.empty() ? proof.evidence : unbroken}};
}

// Of the boots of one bug.
constexpr double kSeconds = 60;

// A target that a bug makes crash is not proven, and the others still are.
json row_of(const Fault& fault, const hobnail_target& target) {
  const OwnProcess played = in_own_process([&] { return play(fault, target).dump(); }, kSeconds);
  json row =
      played.death.empty()
          ? json::parse(played.answer)
          : json{{"caught", false}, {"only_it", false}, {"silent_off", false},   {"first", ""},
                 {"without", ""},   {"proven", false},  {"reason", played.death}};
  row["rule"] = rule_name(fault.rule);
  row["planted_bug"] = fault.what;
  return row;
}

std::string_view yes_or_no(const json& yes) { return yes.get<bool>() ? "yes" : "NO"; }
std::string text(const json& row, const char* field) { return row[field].get<std::string>(); }

void print_row(const json& row) {
  fmt::print("{:<20} {:<7} {:<7} {:<7} {}\n", text(row, "rule"), yes_or_no(row["caught"]),
             yes_or_no(row["only_it"]), yes_or_no(row["silent_off"]), text(row, "planted_bug"));
  if (row["proven"].get<bool>()) return;
  constexpr std::string_view kIndent = "                     ";
  const std::string first = text(row, "first");
  const std::string without = text(row, "without");
  if (!first.empty() && first != text(row, "rule")) {
    fmt::print("{}first violated: {}\n", kIndent, first);
  }
  if (!without.empty()) fmt::print("{}with the rule disabled: {}\n", kIndent, without);
  fmt::print("{}{}\n", kIndent, text(row, "reason"));
}

// A rule counts when all of its bugs do.
json report_of(const json& rows) {
  std::set<std::string> proven;
  std::set<std::string> not_proven;
  std::size_t bugs = 0;
  for (const json& row : rows) {
    const bool good = row["proven"].get<bool>();
    bugs += good ? 1 : 0;
    (good ? proven : not_proven).insert(text(row, "rule"));
  }
  for (const std::string& rule : not_proven) proven.erase(rule);
  return {{"bugs", rows},
          {"planted", rows.size()},
          {"proven", bugs},
          {"rules", oracle::rules().size()},
          {"rules_proven", proven.size()}};
}

}  // namespace

RuleProof prove_rules(const hobnail_target& target, bool print) {
  if (print) {
    fmt::print("{:<20} {:<7} {:<7} {:<7} planted in {}\n", "rule", "caught", "only it", "silent",
               target.name);
  }
  json rows = json::array();
  std::set<std::string_view> unseen;  // rules that need another build
  for (const Fault& fault : oracle::all_faults()) {
    if (!can_be_seen(fault)) {
      unseen.insert(rule_name(fault.rule));
      if (print) {
        fmt::print("{:<20} only a build with sanitizers sees that {}\n", rule_name(fault.rule),
                   fault.what);
      }
      continue;
    }
    rows.push_back(row_of(fault, target));
    if (print) print_row(rows.back());
  }
  json report = report_of(rows);
  report["not_in_this_build"] = unseen.size();
  if (print) {
    fmt::print("{} of {} planted bugs and {} of {} rules are proven\n",
               report["proven"].get<std::size_t>(), report["planted"].get<std::size_t>(),
               report["rules_proven"].get<std::size_t>(), report["rules"].get<std::size_t>());
  }
  const bool all =
      report["proven"] == report["planted"] &&
      report["rules_proven"].get<std::size_t>() + unseen.size() == oracle::rules().size();
  return {std::move(report), all};
}

}  // namespace hobnail
