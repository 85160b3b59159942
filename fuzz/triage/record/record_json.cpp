// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Records to JSON. Keys are only ever added; a change of meaning is a new version.
#include "fuzz/triage/record/record_json.h"

#include <nlohmann/json.hpp>

// Keys are the names of the fields.
namespace hobnail::oracle {
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(TraceLine, op, call, outcome, effect, story)
}  // namespace hobnail::oracle

namespace hobnail {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(OriginalFile, path, size, sha256, when)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(SourceLine, file, line)

namespace {

using nlohmann::json;

json skipped_json(const SkippedFile& unfit) {
  return {{"file", unfit.file},
          {"reason", skip_reason_name(unfit.reason)},
          {"words", unfit.words},
          {"tried", unfit.tried},
          {"reproduced", unfit.reproduced}};
}

// Empty where `hobnail replay` does.
std::string reproduce_of(const TriageRecord& record) {
  if (record.replay.empty()) return "";
  const bool written = !record.program_file.empty();
  return record.replay + " " + (written ? record.program_file : record.representative);
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
              {"varies", record.varies},
              {"evidence", record.evidence},
              {"death", record.death},
              {"frames", record.frames},
              {"report", record.report},
              {"program", record.program_text},
              {"program_file", record.program_file},
              {"history", record.history},
              {"reset", record.reset},
              {"trace", record.trace}};
  result.update({{"tried", record.tried},
                 {"reproduced", record.reproduced},
                 {"ops_before", record.ops_before},
                 {"ops_after", record.size()},
                 {"minimize_runs", record.minimize_runs},
                 {"files", record.files},
                 {"count", record.count()},
                 {"representative", record.representative},
                 {"target", record.target},
                 {"fuzzer", record.fuzzer},
                 {"reproduce", reproduce_of(record)},
                 {"sources", record.sources},
                 {"known_state", known_state_name(record.known_state)},
                 {"known_since", record.known_since},
                 {"fixed_since", record.fixed_since}});
  return result;
}

json to_json(const TriageReport& report) {
  json findings = json::array();
  for (const TriageRecord& record : report.records) findings.push_back(to_json(record));
  json others = json::array();
  for (const SkippedFile& unfit : report.skipped) others.push_back(skipped_json(unfit));
  return {{"version", kRecordVersion},
          {"target", report.target},
          {"findings", std::move(findings)},
          {"skipped", std::move(others)},
          {"files", report.files},
          {"executions", report.executions},
          {"ops", report.ops},
          {"seconds", report.seconds}};
}

}  // namespace hobnail
