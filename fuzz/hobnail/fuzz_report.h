// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What a fuzzing run came to, for programs and for people: out/report/fuzz.json and index.html.
// Both are renderings of one record; the page needs no script, no network and no other file.
//
//   {"findings": [{"rule", "bucket", "class", "op", "program", "evidence", "fuzzer", "file",
//                  "count", "size", "reproduce"}],
//    "executions", "ops", "seconds", "seed", "jobs", "target", "interrupted",
//    "stability": {"programs", "stable"},
//    "targets": [{"name", "executions", "ops", "rate", "seconds", "cov", "ft", "corpus",
//    "restarts",
//                 "seeds", "new_units", "findings", "unlooked", "history": [[second, edges]]}]}
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "fuzz/hobnail/fuzz_campaign.h"

namespace hobnail {

struct FuzzRecord {
  std::vector<std::pair<std::string, FuzzFigures>> targets;  // by name, in the order they ran in
  std::uint32_t seed = 0;                                    // 0: each process drew its own
  int jobs = 1;
  std::string core;  // the target under test, as shown; empty: the built-in one
  bool interrupted = false;
  std::size_t stability_played = 0, stability_stable = 0;
};

[[nodiscard]] nlohmann::json json_of(const FuzzRecord& record, const Findings& findings);
[[nodiscard]] std::string page_of(const nlohmann::json& report);
// Throws std::runtime_error when they cannot be written.
void write_report(const nlohmann::json& report, const std::filesystem::path& folder);
// A line a target, then the findings and how to see them again.
[[nodiscard]] std::string summary_of(const nlohmann::json& report);

}  // namespace hobnail
