// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What a fuzzing run came to: out/report/fuzz.json, from which triage makes the pages
// (fuzz_page.h).
//
//   {"findings": [{"rule", "bucket", "class", "op", "program", "evidence", "fuzzer", "file",
//                  "count", "size", "reproduce", "inputs": [path]}],
//    "executions", "ops", "seconds", "seed", "jobs", "target", "interrupted",
//    "stability": {"programs", "stable"},
//    "targets": [{"name", "inputs": "boots", "whole boots", "lists" or "own": what triage can play,
//    "artifacts", "executions", "ops", "rate", "seconds", "cov", "ft", "corpus", "restarts",
//                 "seeds", "new_units", "findings", "unlooked", "history": [[second, edges]]}]}
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "fuzz/campaign/campaign.h"

namespace hobnail {

struct FuzzRecord {
  std::vector<std::pair<FuzzTarget, FuzzFigures>> targets;  // in the order they ran in
  std::uint32_t seed = 0;                                   // 0: each process drew its own
  int jobs = 1;
  std::string core;  // the target under test, as shown; empty: the built-in one
  bool interrupted = false;
  std::size_t stability_played = 0, stability_stable = 0;
};

[[nodiscard]] nlohmann::json json_of(const FuzzRecord& record, const Findings& findings);
// A line a target; what was found is triage's to tell.
[[nodiscard]] std::string summary_of(const nlohmann::json& report);

}  // namespace hobnail
