// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Variables and keys.
#include "fuzz/campaign/campaign_setting.h"

#include <array>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "properties/oracle/rules/rule_choice.h"

namespace hobnail {
namespace {

struct Part {
  const char* variable;
  const char* key;
  std::string CampaignSetting::*text;
};
constexpr std::array<Part, 6> kParts{{
    {"HOBNAIL_TARGET", "target_file", &CampaignSetting::target},
    {"HOBNAIL_CONSUMER", "consumer_file", &CampaignSetting::consumer},
    {"HOBNAIL_STANDARD", "standard", &CampaignSetting::standard},
    {"HOBNAIL_BOARDS", "boards", &CampaignSetting::boards},
    {"HOBNAIL_RULES", "rules", &CampaignSetting::rules},
    {"HOBNAIL_KNOWN", "known", &CampaignSetting::known},
}};

}  // namespace

CampaignSetting setting_of_environment() {
  CampaignSetting setting;
  for (const Part& part : kParts) {
    if (const char* const value = std::getenv(part.variable)) setting.*part.text = value;
  }
  // The name of a file in the working directory is one too (load_target).
  if (!setting.target.empty()) setting.target = std::filesystem::absolute(setting.target).native();
  if (!setting.consumer.empty()) {
    setting.consumer = std::filesystem::absolute(setting.consumer).native();
  }
  if (!setting.known.empty()) setting.known = std::filesystem::absolute(setting.known).native();
  return setting;
}

void set_environment(const CampaignSetting& setting) {
  for (const Part& part : kParts) {
    const std::string& text = setting.*part.text;
    if (text.empty()) {
      unsetenv(part.variable);
    } else {
      setenv(part.variable, text.c_str(), 1);
    }
  }
}

void add_setting(nlohmann::json& report, const CampaignSetting& setting) {
  for (const Part& part : kParts) report[part.key] = setting.*part.text;
}

CampaignSetting setting_of(const nlohmann::json& report) {
  CampaignSetting setting = setting_of_environment();
  for (const Part& part : kParts) {
    if (report.contains(part.key)) setting.*part.text = report.at(part.key).get<std::string>();
  }
  return setting;
}

std::string rule_options_text(const std::string& rules) {
  const oracle::RuleNames names = oracle::rule_names(rules);
  std::string text;
  for (const std::string& id : names.only) text += " --rule " + id;
  for (const std::string& id : names.without) text += " --without-rule " + id;
  return text;
}

}  // namespace hobnail
