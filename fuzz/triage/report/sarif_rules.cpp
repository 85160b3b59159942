// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Help of a rule: its sentence, its clause, and the invariants that it holds. There is no
// "security-severity": how bad a broken invariant is depends on the firmware, and is not guessed.
#include "fuzz/triage/report/sarif_rules.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

#include "fuzz/triage/report/clean_text.h"
#include "fuzz/triage/report/sentences.h"
#include "properties/oracle/rules/rules.h"

namespace hobnail {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kTextMax = 1024;  // GitHub's limit of a description

struct RuleInfo {
  std::string id, title, clause;
  bool hostile = false;
};

std::string sentence(std::string text) {
  if (!text.empty()) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  if (text.empty() || text.back() != '.') text += '.';
  return text;
}

std::string help_text(const RuleInfo& rule, const std::string& title) {
  std::string text = title;
  if (!rule.clause.empty()) text += "\nIt rests on: " + one_line(rule.clause) + ".";
  for (const std::string& line : invariants_in_words(rule.id)) text += "\n" + one_line(line);
  return text;
}

std::string help_markdown(const RuleInfo& rule, const std::string& title) {
  std::string text = markdown_text(title);
  if (!rule.clause.empty()) text += "\n\nIt rests on: " + markdown_text(rule.clause) + ".";
  const std::vector<std::string> invariants = invariants_in_words(rule.id);
  if (!invariants.empty()) text += "\n";
  for (const std::string& line : invariants) text += "\n- " + markdown_text(line);
  return text + fmt::format(
                    "\n\n`hobnail rules` prints all rules; `hobnail replay --rule {} "
                    "FILE` listens to this one.",
                    file_word(rule.id));
}

Json descriptor(const RuleInfo& rule, const ReportSetting& setting) {
  const std::string title = sentence(one_line(rule.title.empty() ? rule.id : rule.title));
  Json out{{"id", one_line(rule.id)},
           {"name", sarif_rule_name(rule.id)},
           {"shortDescription", {{"text", shortened(title, kTextMax)}}},
           {"fullDescription", {{"text", shortened(title, kTextMax)}}},
           {"help", {{"text", help_text(rule, title)}, {"markdown", help_markdown(rule, title)}}}};
  if (!setting.home.empty()) out["helpUri"] = setting.home + "/docs/rules.md";
  out["defaultConfiguration"] = {{"level", rule.hostile ? "warning" : "error"}};
  out["properties"] = {{"tags", {"correctness", "firmware", "memory"}},
                       {"precision", "very-high"},
                       {"problem.severity", rule.hostile ? "warning" : "error"},
                       {"clause", one_line(rule.clause)}};
  return out;
}

}  // namespace

std::string sarif_rule_name(std::string_view id) {
  std::string out;
  bool begins = true;
  for (const char c : id) {
    const auto byte = static_cast<unsigned char>(c);
    const bool good = byte < 0x80 && std::isalnum(byte) != 0;
    if (good) out += static_cast<char>(begins ? std::toupper(byte) : std::tolower(byte));
    begins = !good;
  }
  return out + "Rule";  // a name must not be the id, as "Enter" of "ENTER" would be
}

std::string_view sarif_level(const TriageRecord& record) {
  return record.calls == "hostile" ? "warning" : "error";
}

Json sarif_rules(const TriageReport& report, const ReportSetting& setting) {
  std::vector<RuleInfo> infos;
  for (const oracle::Rule& rule : oracle::rules()) {
    infos.push_back({std::string(rule.id), std::string(rule.title), std::string(rule.clause),
                     rule.kind == oracle::RuleClass::Hostile});
  }
  for (const TriageRecord& record : report.records) {
    const bool known = std::any_of(infos.begin(), infos.end(),
                                   [&](const RuleInfo& each) { return each.id == record.rule; });
    if (!known) {
      infos.push_back({record.rule, record.title, record.clause, record.calls == "hostile"});
    }
  }
  Json out = Json::array();
  for (const RuleInfo& rule : infos) out.push_back(descriptor(rule, setting));
  return out;
}

}  // namespace hobnail
