// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The figures of a fuzzing run: out/report/fuzz.json. Triage adds what was found
// (campaign_inputs.h), and makes the pages.
//
//   {"findings": [{"rule", "bucket", "class", "op", "program", "history", "evidence", "fuzzer",
//                  "file", "count", "size", "reproduce", "inputs": [path]}],
//    "executions", "ops", "seconds", "seed", "jobs", "target",
//    "target_file", "standard", "boards", "rules": campaign_setting.h,
//    "interrupted": Ctrl-C, or killed: while the run goes on, the file says so too,
//    "stopped_by_known": [{"fingerprint", "count", "went_on"}]: boots that ended in each known
//    issue, and those that noted it and went on,
//    "stability": {"inputs", "programs", "stable", "unstable": [{"file", "how"}], "state": [path]},
//    "targets": [{"name", "binary", "inputs": "boots", "whole boots" or "lists",
//                 "elsewhere": only the fuzz target itself shows its findings, "compares",
//                 "artifacts", "failed": [path], "executions", "ops", "rate", "seconds", "cov",
//                 "ft", "corpus", "restarts", "seeds", "new_units", "findings", "failures",
//                 "history": [[second, edges]]}]}
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "fuzz/campaign/campaign.h"
#include "fuzz/campaign/campaign_setting.h"

namespace hobnail {

// How far a known issue cut the hunt short.
struct KnownCount {
  std::string fingerprint;
  std::uint64_t ended = 0;    // boots
  std::uint64_t went_on = 0;  // those that noted it
};

struct FuzzRecord {
  std::vector<std::pair<FuzzTarget, FuzzFigures>> targets;  // in the order they ran in
  std::uint32_t seed = 0;                                   // 0: each process drew its own
  int jobs = 1;
  std::string core;  // the target under test, as shown; empty: the built-in one
  CampaignSetting setting;
  bool interrupted = false;
  std::vector<KnownCount> stopped_by_known;
  // New inputs: all, those that were run again before the time was over, the stable ones of these.
  std::size_t stability_inputs = 0, stability_played = 0, stability_stable = 0;
  std::vector<std::pair<std::filesystem::path, std::string>> unstable;  // and how
  std::vector<std::filesystem::path> state;  // boots with a history (history_files.h)
};

[[nodiscard]] nlohmann::json json_of(const FuzzRecord& record);
// A line a target; triage reports the findings.
[[nodiscard]] std::string summary_of(const nlohmann::json& report);

}  // namespace hobnail
