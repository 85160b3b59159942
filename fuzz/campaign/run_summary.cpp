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

std::string_view inputs_of(const FuzzTarget& target) {
  if (target.lists) return "lists";
  return target.completes ? "whole boots" : "boots";
}

json target_json(const FuzzTarget& target, const FuzzFigures& figures) {
  json history = json::array();
  for (const auto& [second, edges] : figures.history) history.push_back({second, edges});
  json failed = json::array();
  for (const auto& path : figures.failed) failed.push_back(path.native());
  return {{"name", target.name},
          {"binary", target.binary.native()},
          {"inputs", inputs_of(target)},
          {"elsewhere", !target.ours || target.compares},
          {"compares", target.compares},
          {"failed", std::move(failed)},
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
          {"findings", 0},
          {"failures", figures.failures + figures.failed.size()},
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
  if (const std::size_t failures = row["failures"]; failures != 0) {
    line += fmt::format("  {} input{} failed\n", grouped(failures), failures == 1 ? "" : "s");
  }
  return line;
}

}  // namespace

json json_of(const FuzzRecord& record) {
  json report{{"findings", json::array()},
              {"executions", 0},
              {"ops", 0},
              {"seconds", 0.0},
              {"seed", record.seed},
              {"jobs", record.jobs},
              {"target", record.core},
              {"interrupted", record.interrupted},
              {"stopped_by_known", json::array()},
              {"stability",
               {{"inputs", record.stability_inputs},
                {"programs", record.stability_played},
                {"stable", record.stability_stable},
                {"unstable", json::array()},
                {"state", json::array()}}},
              {"targets", json::array()}};
  add_setting(report, record.setting);
  for (const KnownCount& one : record.stopped_by_known) {
    report["stopped_by_known"].push_back(
        {{"fingerprint", one.fingerprint}, {"count", one.ended}, {"went_on", one.went_on}});
  }
  std::uint64_t executions = 0;
  std::uint64_t ops = 0;
  double seconds = 0;
  for (const auto& [target, figures] : record.targets) {
    executions += figures.executions;
    ops += figures.ops;
    seconds += figures.seconds;
    report["targets"].push_back(target_json(target, figures));
  }
  report["executions"] = executions;
  report["ops"] = ops;
  report["seconds"] = seconds;
  for (const auto& [file, how] : record.unstable) {
    report["stability"]["unstable"].push_back({{"file", file.native()}, {"how", how}});
  }
  for (const auto& file : record.state) {
    report["stability"]["state"].push_back(file.native());
  }
  return report;
}

std::string summary_of(const json& report) {
  std::string text;
  for (const json& row : report["targets"]) text += target_line(row);
  const json& stability = report["stability"];
  if (const std::size_t inputs = stability["inputs"]; inputs != 0) {
    text += fmt::format("{} of {} new inputs were run again{}: {} stable\n",
                        stability["programs"].get<std::size_t>(), inputs,
                        stability["programs"] == stability["inputs"] ? "" : " (time limit)",
                        stability["stable"].get<std::size_t>());
  }
  if (report["interrupted"]) text += "interrupted before the time was over\n";
  return text;
}

}  // namespace hobnail
