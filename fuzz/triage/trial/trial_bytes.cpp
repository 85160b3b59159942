// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// CBOR, with the outcome and the program in their own forms.
#include "fuzz/triage/trial/trial_bytes.h"

#include <cstring>
#include <nlohmann/json.hpp>
#include <type_traits>

#include "properties/oracle/hob_list_input/list_bytes.h"
#include "properties/oracle/isolation/outcome_bytes.h"
#include "properties/oracle/program/bytes/codec_bytes.h"

namespace hobnail {
namespace {

using nlohmann::json;
using Bytes = std::vector<std::uint8_t>;

static_assert(std::is_trivially_copyable_v<Scene>, "it is sent as it lies");

json binary(Bytes bytes) { return json::binary(std::move(bytes)); }

// Text of a target need not be UTF-8.
json raw(const std::string& text) { return binary({text.begin(), text.end()}); }
std::string text_of(const json& value) {
  const Bytes& bytes = value.get_binary();
  return {bytes.begin(), bytes.end()};
}

Bytes bytes_of(const Scene& scene) {
  Bytes bytes(sizeof scene);
  std::memcpy(bytes.data(), &scene, sizeof scene);
  return bytes;
}

Bytes bytes_of(const TestCase& test) {
  if (const auto* const list = std::get_if<pei::oracle::HostileList>(&test)) {
    return pei::oracle::encode_hobs(*list);
  }
  return pei::oracle::encode_bytes(std::get<pei::oracle::Program>(test));
}

TestCase test_of(bool list, const Bytes& bytes) {
  if (list) return pei::oracle::decode_hobs(bytes);
  return pei::oracle::decode_bytes(bytes);
}

JobReport read(const json& value) {
  JobReport report;
  auto outcome = pei::oracle::outcome_of(value.at("outcome").get_binary());
  const Bytes& scene = value.at("scene").get_binary();
  if (!outcome || scene.size() != sizeof(Scene)) throw std::runtime_error("half a report");
  report.trial.outcome = std::move(*outcome);
  std::memcpy(&report.trial.scene, scene.data(), sizeof(Scene));
  report.trial.kind = static_cast<FindingKind>(value.at("kind").get<unsigned>());
  report.trial.death.how = text_of(value.at("how"));
  report.trial.death.sanitizer = value.at("sanitizer").get<bool>();
  for (const json& frame : value.at("frames")) report.trial.death.frames.push_back(text_of(frame));
  report.trial.death.report = text_of(value.at("report"));
  report.test = test_of(value.at("list").get<bool>(), value.at("test").get_binary());
  report.group = text_of(value.at("group"));
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
  for (const std::string& frame : report.trial.death.frames) frames.push_back(raw(frame));
  const json value{{"outcome", binary(pei::oracle::to_bytes(report.trial.outcome))},
                   {"scene", binary(bytes_of(report.trial.scene))},
                   {"kind", static_cast<unsigned>(report.trial.kind)},
                   {"how", raw(report.trial.death.how)},
                   {"sanitizer", report.trial.death.sanitizer},
                   {"frames", std::move(frames)},
                   {"report", raw(report.trial.death.report)},
                   {"list", std::holds_alternative<pei::oracle::HostileList>(report.test)},
                   {"test", binary(bytes_of(report.test))},
                   {"group", raw(report.group)},
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
