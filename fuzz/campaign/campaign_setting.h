// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// CampaignSetting: what a fuzzing run is made under. Its fuzz targets take it from the environment,
// its file records it, and triage uses the same: a rule that was disabled in the run is disabled in
// its triage.
//
// Invariant: a text is the value of the variable, as the oracle reads it.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace hobnail {

struct CampaignSetting {
  std::string target;    // HOBNAIL_TARGET, an absolute path; empty: the built-in core
  std::string consumer;  // HOBNAIL_CONSUMER, an absolute path; empty: the built-in one
  std::string standard;  // HOBNAIL_STANDARD; empty: the target's default
  std::string boards;    // HOBNAIL_BOARDS; empty: all
  std::string rules;     // HOBNAIL_RULES; empty: all
  std::string known;     // HOBNAIL_KNOWN, an absolute path; empty: nothing is known

  friend bool operator==(const CampaignSetting&, const CampaignSetting&) = default;
};

[[nodiscard]] CampaignSetting setting_of_environment();
// For this process and its children; an empty text removes the variable.
void set_environment(const CampaignSetting& setting);

// The keys target_file, consumer_file, standard, boards, rules and known of the file of a run. Keys
// that are missing are those of the environment.
void add_setting(nlohmann::json& report, const CampaignSetting& setting);
[[nodiscard]] CampaignSetting setting_of(const nlohmann::json& report);

// The options of `hobnail replay` for the rules of a setting: " --without-rule STATUS".
[[nodiscard]] std::string rule_options_text(const std::string& rules);

}  // namespace hobnail
