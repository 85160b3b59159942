// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// One run with one tool. Where the target's frames name a line below the root, the result stands
// there; else on the line of the op, in the minimal program.
#include "fuzz/triage/report/sarif.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "fuzz/triage/report/boot_text.h"
#include "fuzz/triage/report/clean_text.h"
#include "fuzz/triage/report/sarif_rules.h"
#include "fuzz/triage/report/sentences.h"

namespace hobnail {
namespace {

using Json = nlohmann::ordered_json;

// RFC 3986: what may stand in a path stays, every other byte is written as %41.
std::string uri_of(std::string_view path) {
  constexpr std::string_view kStays = "-._~/+,=@";
  std::string out;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool stays =
        (byte < 0x80 && std::isalnum(byte) != 0) || kStays.find(c) != std::string_view::npos;
    out += stays ? std::string(1, c) : fmt::format("%{:02X}", byte);
  }
  return out;
}

Json place(const std::string& path, Json region) {
  return {{"artifactLocation", {{"uri", uri_of(path)}, {"uriBaseId", "%SRCROOT%"}}},
          {"region", std::move(region)}};
}

// The program's file relative to the root, or to the directory of the reports.
std::string program_uri(const TriageRecord& record, const ReportSetting& setting) {
  const std::string path = below_root(record.program_file, setting.root);
  return path.empty() ? bucket_folder(record) + "/" + program_name(record) : path;
}

// A line of the program, the whole of it.
Json program_place(const TriageRecord& record, const ReportSetting& setting, std::size_t line,
                   const std::string& text) {
  return place(program_uri(record, setting),
               {{"startLine", line},
                {"startColumn", 1},
                {"endLine", line},
                {"endColumn", std::max<std::size_t>(text.size(), 1) + 1}});
}

std::optional<Json> source_place(const TriageRecord& record, const ReportSetting& setting) {
  for (const SourceLine& source : record.sources) {
    const std::string path = below_root(source.file, setting.root);
    if (path.empty() || source.line == 0) continue;
    return place(path, {{"startLine", source.line}, {"startColumn", 1}});
  }
  return std::nullopt;
}

Json logical_places(const TriageRecord& record) {
  if (record.list) return Json::array({{{"name", "HOB list"}, {"kind", "object"}}});
  const std::string name = one_line(record.op_name);
  return Json::array(
      {{{"name", name}, {"fullyQualifiedName", "EFI_PEI_SERVICES." + name}, {"kind", "function"}}});
}

Json location(const TriageRecord& record, const ReportSetting& setting, const BootLines& lines) {
  Json out;
  out["physicalLocation"] = source_place(record, setting)
                                .value_or(program_place(record, setting, lines.of_finding(),
                                                        lines.text(lines.of_finding())));
  if (!record.op_name.empty()) out["logicalLocations"] = logical_places(record);
  return out;
}

std::string answer_to(const TriageRecord& record, const BootLines& lines, std::size_t op) {
  const auto& trace = record.trace;
  const auto line =
      std::find_if(trace.begin(), trace.end(), [&](const auto& each) { return each.op == op; });
  if (line == trace.end()) return record.death.empty() ? "not reached" : one_line(record.death);
  const std::string outcome = line->outcome.empty() ? line->effect : line->outcome;
  const std::string call = line->call.empty() ? lines.op(op) : line->call;
  return one_line(outcome.empty() ? call : call + " = " + outcome);
}

Json step(const TriageRecord& record, const ReportSetting& setting, const BootLines& lines,
          std::size_t op) {
  Json where;
  where["physicalLocation"] = program_place(record, setting, lines.of_op(op), lines.op(op));
  where["message"] = {{"text", answer_to(record, lines, op)}};
  return {{"location", where},
          {"executionOrder", op + 1},
          {"importance", op == record.op ? "essential" : "important"}};
}

Json flows(const TriageRecord& record, const ReportSetting& setting, const BootLines& lines) {
  Json steps = Json::array();
  const std::size_t ops = std::min(record.program.ops.size(), kSarifStepsMax);
  for (std::size_t op = 0; op < ops; ++op) steps.push_back(step(record, setting, lines, op));
  Json thread;
  thread["locations"] = std::move(steps);
  Json flow;
  flow["message"] = {{"text", "The minimal program, op by op, with the target's answers."}};
  flow["threadFlows"] = Json::array({thread});
  return Json::array({flow});
}

Json properties(const TriageRecord& record) {
  return {{"bucket", one_line(record.bucket)},
          {"fingerprint", one_line(record.fingerprint)},
          {"kind", kind_name(record.kind)},
          {"class", one_line(record.calls)},
          {"phase", one_line(record.phase)},
          {"answer", one_line(record.answer)},
          {"op", record.op},
          {"target", one_line(record.target)},
          {"count", record.count()},
          {"tried", record.tried},
          {"reproduced", record.reproduced},
          {"ledger", ledger_state_name(record.ledger)},
          {"program", clean_text(record.program_text)},
          {"evidence", clean_text(record.evidence)}};
}

Json result(const TriageRecord& record, const ReportSetting& setting, std::size_t rule) {
  const std::string fingerprint = one_line(record.fingerprint);
  const BootLines lines(record);
  Json out;
  out["ruleId"] = one_line(record.rule);
  out["ruleIndex"] = rule;
  out["level"] = sarif_level(record);
  out["message"] = {{"text", fmt::format("{} Expected: {}. {}", what_happened(record),
                                         what_was_expected(record), one_line(record.evidence))}};
  out["locations"] = Json::array({location(record, setting, lines)});
  out["partialFingerprints"] = {{"primaryLocationLineHash", fingerprint + ":1"},
                                {"hobnail/v1", fingerprint}};
  out["occurrenceCount"] = std::max<std::size_t>(record.count(), 1);
  out["baselineState"] = record.ledger == LedgerState::Known ? "unchanged" : "new";
  if (!record.program.ops.empty()) out["codeFlows"] = flows(record, setting, lines);
  out["properties"] = properties(record);
  return out;
}

Json notification(const UnfitFile& other) {
  const bool unreadable = other.reason == UnfitReason::Unreadable;
  return {{"level", unreadable ? "error" : "note"},
          {"message",
           {{"text", fmt::format("{}: {}: {}", one_line(other.file.path), unfit_name(other.reason),
                                 one_line(other.words))}}}};
}

Json invocation(const TriageReport& report, const ReportSetting& setting) {
  Json out{{"executionSuccessful", true}};
  if (!setting.started.empty()) out["startTimeUtc"] = one_line(setting.started);
  Json notes = Json::array();
  for (const UnfitFile& other : report.others) {
    if (other.reason != UnfitReason::NoFinding) notes.push_back(notification(other));
  }
  if (!notes.empty()) out["toolExecutionNotifications"] = notes;
  return out;
}

std::size_t index_of(const Json& rules, const std::string& id) {
  std::size_t index = 0;
  while (index + 1 < rules.size() && rules[index]["id"] != id) ++index;
  return index;
}

Json driver(const ReportSetting& setting, Json rules) {
  Json out{{"name", "Hobnail"}, {"semanticVersion", setting.version}};
  if (!setting.home.empty()) out["informationUri"] = setting.home;
  out["rules"] = std::move(rules);
  return out;
}

}  // namespace

std::string render_sarif(const TriageReport& report, const ReportSetting& setting) {
  const Json rules = sarif_rules(report, setting);
  Json results = Json::array();
  for (const TriageRecord& record : report.records) {
    if (results.size() == kSarifResultsMax) break;
    results.push_back(result(record, setting, index_of(rules, one_line(record.rule))));
  }
  Json run;
  run["tool"]["driver"] = driver(setting, rules);
  run["automationDetails"] = {{"id", fmt::format("hobnail/{}/", file_word(report.target))}};
  run["originalUriBaseIds"]["%SRCROOT%"]["description"]["text"] = "The root of the repository.";
  run["invocations"] = Json::array({invocation(report, setting)});
  run["columnKind"] = "utf16CodeUnits";
  run["results"] = std::move(results);
  run["properties"] = {{"files", report.files},
                       {"executions", report.executions},
                       {"ops", report.ops},
                       {"seconds", report.seconds},
                       {"build", one_line(setting.build)}};
  Json out{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"}, {"version", "2.1.0"}};
  out["runs"] = Json::array({run});
  return out.dump(1) + "\n";
}

}  // namespace hobnail
