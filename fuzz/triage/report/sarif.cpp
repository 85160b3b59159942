// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// One run with one tool. Where the target's frames name a line below the root, the result stands
// there; else on the line of the op, in the minimal program.
//
// GitHub recognises an alert by its rule and primaryLocationLineHash. upload-sarif computes that
// from the line when the file exists below the root, and warns of every other value: a result in a
// source file therefore has none, and is the only one of its rule on its line. Programs stand
// relative to the reports, where upload-sarif finds no file, and have the fingerprint of the bug.
#include "fuzz/triage/report/sarif.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

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

constexpr std::string_view kSources = "%SRCROOT%", kReports = "%REPORTS%";

Json place(const std::string& path, std::string_view base, Json region) {
  return {{"artifactLocation", {{"uri", uri_of(path)}, {"uriBaseId", base}}},
          {"region", std::move(region)}};
}

// A line of the program, the whole of it.
Json program_place(const TriageRecord& record, std::size_t line, const std::string& text) {
  return place(bucket_folder(record) + "/" + program_name(record), kReports,
               {{"startLine", line},
                {"startColumn", 1},
                {"endLine", line},
                {"endColumn", std::max<std::size_t>(text.size(), 1) + 1}});
}

std::optional<Json> source_place(const TriageRecord& record, const ReportSetting& setting) {
  for (const SourceLine& source : record.sources) {
    const std::string path = below_root(source.file, setting.root);
    if (path.empty() || source.line == 0) continue;
    return place(path, kSources, {{"startLine", source.line}, {"startColumn", 1}});
  }
  return std::nullopt;
}

Json logical_places(const TriageRecord& record) {
  if (record.list) return Json::array({{{"name", "HOB list"}, {"kind", "object"}}});
  const std::string name = one_line(record.op_name);
  return Json::array(
      {{{"name", name}, {"fullyQualifiedName", "EFI_PEI_SERVICES." + name}, {"kind", "function"}}});
}

Json location(const TriageRecord& record, const std::optional<Json>& source,
              const BootLines& lines) {
  Json out;
  const std::size_t line = lines.of_finding();
  out["physicalLocation"] = source.value_or(program_place(record, line, lines.text(line)));
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

Json step(const TriageRecord& record, const BootLines& lines, std::size_t op) {
  Json where;
  where["physicalLocation"] = program_place(record, lines.of_op(op), lines.text(lines.of_op(op)));
  where["message"] = {{"text", answer_to(record, lines, op)}};
  return {{"location", where},
          {"executionOrder", op + 1},
          {"importance", op == record.op ? "essential" : "important"}};
}

Json flows(const TriageRecord& record, const BootLines& lines) {
  Json steps = Json::array();
  const std::size_t ops = std::min(record.program.ops.size(), kSarifStepsMax);
  for (std::size_t op = 0; op < ops; ++op) steps.push_back(step(record, lines, op));
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
          {"known_state", known_state_name(record.known_state)},
          {"program", clean_text(record.program_text)},
          {"evidence", clean_text(record.evidence)}};
}

Json fingerprints(const std::string& fingerprint, bool in_source) {
  Json out{{"hobnail/v1", fingerprint}};
  if (!in_source) out["primaryLocationLineHash"] = fingerprint + ":1";
  return out;
}

// `source`: where it stands; nothing: in its program.
Json result(const TriageRecord& record, const std::optional<Json>& source, std::size_t rule) {
  const std::string fingerprint = one_line(record.fingerprint);
  const BootLines lines(record);
  Json out;
  out["ruleId"] = one_line(record.rule);
  out["ruleIndex"] = rule;
  out["level"] = sarif_level(record);
  out["message"] = {{"text", fmt::format("{} Expected: {}. {}", what_happened(record),
                                         what_was_expected(record), one_line(record.evidence))}};
  out["locations"] = Json::array({location(record, source, lines)});
  out["partialFingerprints"] = fingerprints(fingerprint, source.has_value());
  out["occurrenceCount"] = std::max<std::size_t>(record.count(), 1);
  out["baselineState"] = record.known_state == KnownState::Known ? "unchanged" : "new";
  if (!record.program.ops.empty()) out["codeFlows"] = flows(record, lines);
  out["properties"] = properties(record);
  return out;
}

Json notification(const SkippedFile& other) {
  const bool unreadable = other.reason == SkipReason::Unreadable;
  return {{"level", unreadable ? "error" : "note"},
          {"message",
           {{"text", fmt::format("{}: {}: {}", one_line(other.file.path),
                                 skip_reason_name(other.reason), one_line(other.words))}}}};
}

Json invocation(const TriageReport& report, const ReportSetting& setting) {
  Json out{{"executionSuccessful", true}};
  if (!setting.started.empty()) out["startTimeUtc"] = one_line(setting.started);
  Json notes = Json::array();
  for (const SkippedFile& other : report.skipped) {
    if (other.reason != SkipReason::NoFinding) notes.push_back(notification(other));
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

Json results_of(const TriageReport& report, const ReportSetting& setting, const Json& rules) {
  Json results = Json::array();
  std::set<std::string> taken;  // a rule and a line of a source file
  for (const TriageRecord& record : report.records) {
    if (results.size() == kSarifResultsMax) break;
    std::optional<Json> source = source_place(record, setting);
    if (source && !taken.insert(record.rule + source->dump()).second) source.reset();
    results.push_back(result(record, source, index_of(rules, one_line(record.rule))));
  }
  return results;
}

// GitHub keeps one analysis of a commit for each category: what stands before the last slash.
std::string category_of(const TriageReport& report, const ReportSetting& setting) {
  return setting.category.empty() ? "hobnail/" + file_word(report.target)
                                  : one_line(setting.category);
}

}  // namespace

std::string render_sarif(const TriageReport& report, const ReportSetting& setting) {
  const Json rules = sarif_rules(report, setting);
  Json run;
  run["tool"]["driver"] = driver(setting, rules);
  run["automationDetails"] = {{"id", category_of(report, setting) + "/"}};
  Json& bases = run["originalUriBaseIds"];
  bases[std::string(kSources)]["description"]["text"] = "The root of the repository.";
  bases[std::string(kReports)]["description"]["text"] = "The directory of this file.";
  run["invocations"] = Json::array({invocation(report, setting)});
  run["columnKind"] = "utf16CodeUnits";
  run["results"] = results_of(report, setting, rules);
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
