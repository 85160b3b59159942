// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Reading, and telling which findings are left over.
#include "fuzz/campaign/campaign_file.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "fuzz/inputs/corpus_files.h"
#include "properties/oracle/lockstep/complete_boot.h"

namespace hobnail {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t kInputsOfKindMax = 1000;  // of each kind; half a minute of two processors

ToldFinding told_of(const json& finding) {
  ToldFinding told;
  told.rule = finding.at("rule");
  told.bucket = finding.at("bucket");
  told.calls = finding.at("class");
  if (!finding.at("op").is_null()) told.op = finding.at("op").get<std::size_t>();
  told.program = finding.at("program");
  told.evidence = finding.at("evidence");
  told.fuzzer = finding.at("fuzzer");
  told.file = finding.at("file");
  told.reproduce = finding.at("reproduce");
  told.inputs = finding.at("inputs").get<std::vector<std::string>>();
  return told;
}

// What an engine has left in the folder of what failed, and what has failed elsewhere.
std::vector<std::string> failed_inputs(const json& target, const std::vector<ToldFinding>& told) {
  std::set<std::string> paths;
  std::error_code error;
  const fs::path folder = target.at("artifacts").get<std::string>();
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (at->is_regular_file()) paths.insert(at->path().native());
  }
  for (const ToldFinding& one : told) {
    if (one.fuzzer == target.at("name")) paths.insert(one.inputs.begin(), one.inputs.end());
  }
  return {paths.begin(), paths.end()};
}

// Returns how many were left out.
std::size_t keep_shortest(std::vector<std::string>& paths) {
  std::vector<std::pair<std::uintmax_t, std::string>> sized;
  for (std::string& path : paths) {
    std::error_code error;
    const std::uintmax_t size = fs::file_size(path, error);
    sized.emplace_back(error ? 0 : size, std::move(path));
  }
  std::sort(sized.begin(), sized.end());
  const std::size_t kept = std::min(sized.size(), kInputsOfKindMax);
  paths.clear();
  for (std::size_t i = 0; i < kept; ++i) paths.push_back(std::move(sized[i].second));
  return sized.size() - kept;
}

Campaign campaign_of(json report) {
  Campaign campaign;
  const std::map<std::string, std::vector<std::string>*> kinds{
      {"boots", &campaign.boots},
      {"whole boots", &campaign.whole_boots},
      {"lists", &campaign.lists}};
  for (const json& finding : report.at("findings")) campaign.told.push_back(told_of(finding));
  for (const json& target : report.at("targets")) {
    const std::string kind = target.at("inputs");
    const auto to = kinds.find(kind);
    if (to == kinds.end()) continue;
    for (std::string& path : failed_inputs(target, campaign.told)) to->second->push_back(path);
  }
  for (const auto& [kind, paths] : kinds) campaign.left += keep_shortest(*paths);
  campaign.report = std::move(report);
  return campaign;
}

}  // namespace

std::vector<Input> inputs_of(const Campaign& campaign) {
  std::vector<Input> inputs = read_inputs(campaign.boots);
  for (Input& input : read_inputs(campaign.whole_boots)) {
    if (auto* const boot = std::get_if<oracle::Program>(&input.content)) {
      *boot = oracle::with_hand_off(*boot);
    }
    inputs.push_back(std::move(input));
  }
  for (Input& input : read_inputs(campaign.lists, BytesAre::Lists)) {
    inputs.push_back(std::move(input));
  }
  return inputs;
}

std::variant<Campaign, FileError> read_campaign(const std::string& path) {
  const auto read = read_file(path);
  if (const auto* const error = std::get_if<FileError>(&read)) return *error;
  try {
    return campaign_of(json::parse(std::get<std::string>(read)));
  } catch (const json::exception& error) {
    return FileError{path + ": no report of hobnail fuzz: " + error.what()};
  }
}

void add_told(TriageReport& report, const Campaign& campaign) {
  std::set<std::string> placed;
  for (const TriageRecord& record : report.records) {
    for (const OriginalFile& file : record.files) placed.insert(file.path);
  }
  for (const ToldFinding& told : campaign.told) {
    const bool known = std::any_of(told.inputs.begin(), told.inputs.end(),
                                   [&](const std::string& path) { return placed.contains(path); });
    if (!known) report.records.push_back(record_of_told(told, report.target));
  }
  std::sort(report.records.begin(), report.records.end(),
            [](const TriageRecord& a, const TriageRecord& b) { return a.bucket < b.bucket; });
  // A file stands in one place only.
  std::set<std::string> told_files;
  for (const TriageRecord& record : report.records) {
    for (const OriginalFile& file : record.files) told_files.insert(file.path);
  }
  std::erase_if(report.skipped, [&](const SkippedFile& other) {
    return told_files.contains(other.file.path) && other.reason == SkipReason::NoFinding;
  });
}

}  // namespace hobnail
