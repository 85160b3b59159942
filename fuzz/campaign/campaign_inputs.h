// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What a fuzzing run leaves to triage: the inputs that failed, as its fuzz targets run them, and
// the fuzz targets themselves.
//
// Invariant: each file is there once, however many fuzz targets it failed in.
#pragma once

#include <cstddef>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "fuzz/inputs/crash_inputs.h"
#include "fuzz/triage/external_executor.h"
#include "fuzz/triage/record/record.h"

namespace hobnail {

struct CampaignInputs {
  std::vector<Input> inputs;  // of each fuzz target the shortest, not too many
  std::vector<ExternalTarget> externals;
  std::vector<SkippedFile> unstable;  // new inputs of the corpus whose outcome changes
  std::size_t left = 0;               // inputs beyond what is worth the time
};

// `report`: json_of() of run_summary.h. Throws nlohmann::json::exception when it is none.
[[nodiscard]] CampaignInputs campaign_inputs(const nlohmann::json& report);

// Adds the findings of triage to the report, and counts those of each fuzz target.
void add_findings(nlohmann::json& report, const TriageReport& triaged,
                  const CampaignInputs& campaign);

}  // namespace hobnail
