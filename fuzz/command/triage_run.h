// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A run of triage with all that it prints and writes: for `hobnail triage`, and for the end of
// `hobnail fuzz`.
#pragma once

#include <algorithm>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <thread>
#include <vector>

#include "fuzz/campaign/fuzz_target.h"
#include "fuzz/command/options/known_options.h"
#include "fuzz/command/options/triage_options.h"
#include "fuzz/inputs/crash_inputs.h"

namespace CLI {
class App;
}

namespace hobnail {

struct TriageRun {
  ExecutionOptions execution;
  std::string out;       // directory of the reports; empty: none
  std::string json;      // file of the records; empty: none
  std::string category;  // of the SARIF file; empty: of the target
  KnownOptions known;
  unsigned jobs = std::max(std::thread::hardware_concurrency(), 1U);
  unsigned tries = 3;
  std::size_t runs = 2000;
  double seconds = 0;                              // time limit of all; 0: none
  std::string rest = "hobnail triage --campaign";  // the command for what the limit left out
  bool no_minimize = false;
  bool quiet = false;
};

// --category.
void add_category_option(CLI::App& command, std::string& category);

// Both return an exit code.
// `fuzz_targets`: those that inputs of unknown origin run on, where this process sees nothing.
[[nodiscard]] int triage_files(const TriageRun& run, std::vector<Input> inputs,
                               const std::vector<FuzzTarget>& fuzz_targets = {});
// Of the inputs that a fuzzing run has left; its findings are added to `report` (run_summary.h).
[[nodiscard]] int triage_campaign(const TriageRun& run, nlohmann::json& report);

}  // namespace hobnail
