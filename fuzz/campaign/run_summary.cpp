// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The record as JSON, and as the last lines of a run.
#include "fuzz/campaign/run_summary.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

#include "fuzz/inputs/corpus_files.h"

namespace hobnail {
namespace {

using nlohmann::json;

json finding_json(const FindingRecord& record) {
  json one{{"rule", record.death.rule},
           {"bucket", record.death.bucket},
           {"class", record.death.call_class},
           {"op", nullptr},
           {"program", record.death.program},
           {"evidence", record.death.evidence},
           {"fuzzer", record.fuzzer},
           {"file", record.file.empty() ? "" : shown(record.file)},
           {"count", record.count},
           {"size", record.size},
           {"reproduce", record.reproduce},
           {"inputs", record.inputs}};
  if (record.death.op) one["op"] = *record.death.op;
  return one;
}

// Triage judges boots as services_fuzz does, with the target that this program has.
std::string_view inputs_for_triage(const FuzzTarget& target) {
  if (!target.ours || target.compares) return "own";
  if (target.boots && target.completes) return "whole boots";
  return target.boots ? "boots" : target.lists ? "lists" : "own";
}

json target_json(const FuzzTarget& target, const FuzzFigures& figures, const Findings& findings) {
  json history = json::array();
  for (const auto& [second, edges] : figures.history) history.push_back({second, edges});
  return {{"name", target.name},
          {"inputs", inputs_for_triage(target)},
          {"artifacts", figures.artifacts.native()},
          {"executions", figures.executions},
          {"ops", figures.ops},
          {"rate", static_cast<std::uint64_t>(static_cast<double>(figures.executions) /
                                              std::max(figures.seconds, 0.1))},
          {"seconds", figures.seconds},
          {"cov", figures.cov},
          {"ft", figures.ft},
          {"corpus", figures.corpus},
          {"restarts", figures.restarts},
          {"seeds", figures.seeds},
          {"new_units", figures.new_units},
          {"findings", findings.count_of(target.name)},
          {"unlooked", figures.unlooked},
          {"history", history}};
}

std::string target_line(const json& row) {
  std::string line = fmt::format(
      "{}: {} executions and {} ops in {:.0f} s ({}/s), coverage {} edges and {} features, corpus "
      "{} "
      "units, {} new\n",
      row["name"].get<std::string>(), grouped(row["executions"]), grouped(row["ops"]),
      row["seconds"].get<double>(), grouped(row["rate"]), row["cov"].get<std::uint64_t>(),
      row["ft"].get<std::uint64_t>(), row["corpus"].get<std::uint64_t>(),
      row["new_units"].get<std::uint64_t>());
  if (const std::size_t unlooked = row["unlooked"]; unlooked != 0) {
    line += fmt::format("  {} more inputs failed, which nobody has looked at\n", unlooked);
  }
  return line;
}

}  // namespace

json json_of(const FuzzRecord& record, const Findings& findings) {
  json report{
      {"findings", json::array()},
      {"executions", 0},
      {"ops", 0},
      {"seconds", 0.0},
      {"seed", record.seed},
      {"jobs", record.jobs},
      {"target", record.core},
      {"interrupted", record.interrupted},
      {"stability", {{"programs", record.stability_played}, {"stable", record.stability_stable}}},
      {"targets", json::array()}};
  std::uint64_t executions = 0;
  std::uint64_t ops = 0;
  double seconds = 0;
  for (const auto& [target, figures] : record.targets) {
    executions += figures.executions;
    ops += figures.ops;
    seconds += figures.seconds;
    report["targets"].push_back(target_json(target, figures, findings));
  }
  report["executions"] = executions;
  report["ops"] = ops;
  report["seconds"] = seconds;
  for (const auto& [bucket, finding] : findings.by_bucket()) {
    report["findings"].push_back(finding_json(finding));
  }
  return report;
}

std::string summary_of(const json& report) {
  std::string text;
  for (const json& row : report["targets"]) text += target_line(row);
  const json& stability = report["stability"];
  if (const std::size_t played = stability["programs"]; played != 0) {
    text += fmt::format("{} of {} new inputs are stable\n", stability["stable"].get<std::size_t>(),
                        played);
  }
  if (report["interrupted"]) text += "interrupted before the time was over\n";
  return text;
}

}  // namespace hobnail
