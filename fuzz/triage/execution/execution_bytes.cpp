// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// CBOR, with the outcome and the program in their own forms.
#include "fuzz/triage/execution/execution_bytes.h"

#include <cstring>
#include <nlohmann/json.hpp>
#include <type_traits>

#include "fuzz/triage/execution/rule_id.h"
#include "properties/oracle/hob_list_input/list_bytes.h"
#include "properties/oracle/isolation/outcome_bytes.h"
#include "properties/oracle/program/bytes/codec_bytes.h"

namespace hobnail {
namespace {

using nlohmann::json;
using Bytes = std::vector<std::uint8_t>;

static_assert(std::is_trivially_copyable_v<OpContext>, "it is sent as it lies");

json binary(Bytes bytes) { return json::binary(std::move(bytes)); }

// Text of a target need not be UTF-8.
json raw(const std::string& text) { return binary({text.begin(), text.end()}); }
std::string text_of(const json& value) {
  const Bytes& bytes = value.get_binary();
  return {bytes.begin(), bytes.end()};
}

Bytes bytes_of(const OpContext& context) {
  Bytes bytes(sizeof context);
  std::memcpy(bytes.data(), &context, sizeof context);
  return bytes;
}

Bytes bytes_of(const TestCase& test) {
  return std::visit([](const auto& each) { return encode(each); }, test);
}

std::string rule_of(const Execution& execution) {
  return execution.found() ? std::string(execution.outcome.finding->rule) : std::string();
}

TestCase test_of(bool list, const Bytes& bytes) {
  if (list) return oracle::decode_hobs(bytes);
  return oracle::decode_bytes(bytes);
}

JobReport read(const json& value) {
  JobReport report;
  auto outcome = oracle::outcome_of(value.at("outcome").get_binary());
  const Bytes& context = value.at("context").get_binary();
  if (!outcome || context.size() != sizeof(OpContext)) throw std::runtime_error("half a report");
  report.execution.outcome = std::move(*outcome);
  // The outcome's own form has rules of the table only.
  if (report.execution.found()) {
    report.execution.outcome.finding->rule = lasting_rule_id(text_of(value.at("rule")));
  }
  std::memcpy(&report.execution.context, context.data(), sizeof(OpContext));
  report.execution.kind = static_cast<FindingKind>(value.at("kind").get<unsigned>());
  report.execution.death.how = text_of(value.at("how"));
  report.execution.death.sanitizer = value.at("sanitizer").get<bool>();
  for (const json& frame : value.at("frames"))
    report.execution.death.frames.push_back(text_of(frame));
  report.execution.death.report = text_of(value.at("report"));
  report.test = test_of(value.at("list").get<bool>(), value.at("test").get_binary());
  report.group = text_of(value.at("group"));
  report.cause = text_of(value.at("cause"));
  report.fuzzer = value.at("fuzzer").get<std::string>();
  report.tried = value.at("tried").get<unsigned>();
  report.reproduced = value.at("reproduced").get<unsigned>();
  report.runs = value.at("runs").get<std::uint64_t>();
  report.executions = value.at("executions").get<std::uint64_t>();
  report.ops = value.at("ops").get<std::uint64_t>();
  return report;
}

}  // namespace

std::string to_bytes(const JobReport& report) {
  json frames = json::array();
  for (const std::string& frame : report.execution.death.frames) frames.push_back(raw(frame));
  const json value{{"outcome", binary(oracle::to_bytes(report.execution.outcome))},
                   {"context", binary(bytes_of(report.execution.context))},
                   {"kind", static_cast<unsigned>(report.execution.kind)},
                   {"how", raw(report.execution.death.how)},
                   {"sanitizer", report.execution.death.sanitizer},
                   {"frames", std::move(frames)},
                   {"report", raw(report.execution.death.report)},
                   {"list", std::holds_alternative<oracle::HobListInput>(report.test)},
                   {"test", binary(bytes_of(report.test))},
                   {"rule", raw(rule_of(report.execution))},
                   {"group", raw(report.group)},
                   {"cause", raw(report.cause)},
                   {"fuzzer", report.fuzzer},
                   {"tried", report.tried},
                   {"reproduced", report.reproduced},
                   {"runs", report.runs},
                   {"executions", report.executions},
                   {"ops", report.ops}};
  const Bytes bytes = json::to_cbor(value);
  return {bytes.begin(), bytes.end()};
}

std::optional<JobReport> job_report_of(const std::string& bytes) {
  try {
    return read(json::from_cbor(bytes));
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

}  // namespace hobnail
