// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Records to JSON. Keys are only ever added; a change of meaning is a new version.
#include "fuzz/triage/record/record_json.h"

#include <fstream>
#include <nlohmann/json.hpp>

namespace hobnail {
namespace {

using nlohmann::json;

json to_json(const OriginalFile& file) {
  return {{"path", file.path}, {"size", file.size}, {"sha256", file.sha256}, {"when", file.when}};
}

json to_json(const oracle::TraceLine& line) {
  return {{"op", line.op},
          {"call", line.call},
          {"outcome", line.outcome},
          {"effect", line.effect},
          {"story", line.story}};
}

json to_json(const SkippedFile& unfit) {
  return {{"file", to_json(unfit.file)},
          {"reason", skip_reason_name(unfit.reason)},
          {"words", unfit.words},
          {"tried", unfit.tried},
          {"reproduced", unfit.reproduced}};
}

json files_of(const TriageRecord& record) {
  json files = json::array();
  for (const OriginalFile& file : record.files) files.push_back(to_json(file));
  return files;
}

json sources_of(const TriageRecord& record) {
  json sources = json::array();
  for (const SourceLine& source : record.sources) {
    sources.push_back({{"file", source.file}, {"line", source.line}});
  }
  return sources;
}

json trace_of(const TriageRecord& record) {
  json trace = json::array();
  for (const auto& line : record.trace) trace.push_back(to_json(line));
  return trace;
}

}  // namespace

json to_json(const TriageRecord& record) {
  json result{{"fingerprint", record.fingerprint},
              {"bucket", record.bucket},
              {"rule", record.rule},
              {"title", record.title},
              {"clause", record.clause},
              {"class", record.calls},
              {"kind", kind_name(record.kind)},
              {"input", record.list ? "list" : "boot"},
              {"op", record.op},
              {"op_name", record.op_name},
              {"op_text", record.op_text},
              {"phase", record.phase},
              {"answer", record.answer},
              {"conditions", record.conditions},
              {"evidence", record.evidence},
              {"death", record.death},
              {"frames", record.frames},
              {"report", record.report},
              {"program", record.program_text},
              {"program_file", record.program_file},
              {"reset", record.reset},
              {"trace", trace_of(record)}};
  result.update({{"tried", record.tried},
                 {"reproduced", record.reproduced},
                 {"ops_before", record.ops_before},
                 {"ops_after", record.size()},
                 {"minimize_runs", record.minimize_runs},
                 {"files", files_of(record)},
                 {"count", record.count()},
                 {"representative", record.representative},
                 {"target", record.target},
                 {"told", record.told},
                 {"reproduce", record.reproduce},
                 {"sources", sources_of(record)},
                 {"known_state", known_state_name(record.known_state)},
                 {"known_since", record.known_since},
                 {"fixed_since", record.fixed_since}});
  return result;
}

json to_json(const TriageReport& report) {
  json findings = json::array();
  for (const TriageRecord& record : report.records) findings.push_back(to_json(record));
  json others = json::array();
  for (const SkippedFile& unfit : report.skipped) others.push_back(to_json(unfit));
  return {{"version", kRecordVersion},
          {"target", report.target},
          {"findings", std::move(findings)},
          {"skipped", std::move(others)},
          {"files", report.files},
          {"executions", report.executions},
          {"ops", report.ops},
          {"seconds", report.seconds}};
}

bool write_json(const std::string& path, const json& json) {
  std::ofstream out(path);
  out << json.dump(2, ' ', false, json::error_handler_t::replace) << '\n';
  out.close();
  return !out.fail();
}

}  // namespace hobnail
