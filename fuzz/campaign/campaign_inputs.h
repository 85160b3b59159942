// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What a fuzzing run leaves to triage: the inputs that failed, as its fuzz targets run them, and
// the fuzz targets themselves. The inputs of all kinds and fuzz targets take turns, so that a
// triage whose time is short sees some of each.
//
// Invariant: each file is there once, however many fuzz targets it failed in.
#pragma once

#include <cstddef>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "fuzz/campaign/campaign_setting.h"
#include "fuzz/campaign/fuzz_target.h"
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

// A file among the artifacts of a fuzz target: triage has seen them. Without it the next run keeps
// them (campaign.h).
inline constexpr const char* kTriagedMark = ".triaged";
void mark_triaged(const nlohmann::json& report);

// The fuzz targets of a build, for triage of inputs that no report goes with.
[[nodiscard]] std::vector<ExternalTarget> externals_of(const std::vector<FuzzTarget>& targets,
                                                       const CampaignSetting& setting);
// Which of them has left an input, by its path: FUZZ_TARGET/..., NOUN/artifacts/..., as
// services/artifacts. Empty where it says nothing.
[[nodiscard]] std::string fuzzer_of(const std::string& path,
                                    const std::vector<ExternalTarget>& targets);

// `report`: json_of() of run_summary.h. Throws nlohmann::json::exception when it is none.
[[nodiscard]] CampaignInputs campaign_inputs(const nlohmann::json& report,
                                             const CampaignSetting& setting);

// Adds the findings of triage to the report, and counts those of each fuzz target.
void add_findings(nlohmann::json& report, const TriageReport& triaged,
                  const CampaignInputs& campaign);

}  // namespace hobnail
