// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The file of a fuzzing run (fuzz_report.h), as triage reads it: what to play, and what it has been
// told of the rest.
//
// Invariant: a finding of the run is played by triage or told to it, never lost between them.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <variant>
#include <vector>

#include "fuzz/inputs/crash_inputs.h"
#include "fuzz/inputs/program_file.h"
#include "fuzz/triage/record/record.h"
#include "fuzz/triage/told.h"

namespace hobnail {

struct Campaign {
  nlohmann::json report;           // the whole file
  std::vector<std::string> boots;  // inputs that were seen to fail, shortest first, not too many
  std::vector<std::string> whole_boots;  // to be played to their end
  std::vector<std::string> lists;        // HOB lists
  std::size_t left = 0;                  // inputs beyond what is worth the time
  std::vector<ToldFinding> told;         // all findings
};

// The inputs of the run, as its fuzz targets play them.
[[nodiscard]] std::vector<Input> inputs_of(const Campaign& campaign);

[[nodiscard]] std::variant<Campaign, FileError> read_campaign(const std::string& path);

// Adds records of what was told and none of `report` has the inputs of.
void add_told(TriageReport& report, const Campaign& campaign);

}  // namespace hobnail
