// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// From the report of a run to inputs, and from records back into it.
#include "fuzz/campaign/campaign_inputs.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "fuzz/campaign/fuzz_target.h"
#include "fuzz/campaign/libfuzzer_command.h"
#include "properties/oracle/lockstep/complete_boot.h"

namespace hobnail {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

// Half a minute of two processors.
constexpr std::size_t kInputsMax = 1000;         // in this process
constexpr std::size_t kExternalInputsMax = 200;  // a process each

// Other work may have taken the time or the memory.
bool must_fail_again(const fs::path& path) {
  const std::string name = path.filename().native();
  return !name.starts_with("timeout-") && !name.starts_with("oom-") &&
         !name.starts_with("slow-unit-");
}

// What an engine has left in its folder, and what has failed elsewhere; no file of `before`.
std::vector<std::string> failed_inputs(const json& target, std::set<std::string>& before) {
  std::vector<std::string> paths;
  const auto add = [&](const std::string& path) {
    if (before.insert(fs::path(path).lexically_normal().native()).second) paths.push_back(path);
  };
  for (const json& path : target.at("failed")) add(path.get<std::string>());
  std::error_code error;
  const fs::path folder = target.at("artifacts").get<std::string>();
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const bool hidden = at->path().filename().native().starts_with('.');  // a mark, or half a file
    if (at->is_regular_file() && !hidden) add(at->path().native());
  }
  return paths;
}

// Returns how many were left out.
std::size_t keep_shortest(std::vector<std::string>& paths, std::size_t most) {
  std::vector<std::pair<std::uintmax_t, std::string>> sized;
  for (std::string& path : paths) {
    std::error_code error;
    const std::uintmax_t size = fs::file_size(path, error);
    sized.emplace_back(error ? 0 : size, std::move(path));
  }
  std::sort(sized.begin(), sized.end());
  const std::size_t kept = std::min(sized.size(), most);
  paths.clear();
  for (std::size_t i = 0; i < kept; ++i) paths.push_back(std::move(sized[i].second));
  return sized.size() - kept;
}

// The options of a command that runs a program as the campaign has.
std::string options_text(const CampaignSetting& setting) {
  std::string text;
  if (!setting.target.empty()) text += " --target " + shown(setting.target);
  return text + rule_options_text(setting.rules);
}

// The first of each kind of each fuzz target, then the second of each: "crash-STATUS-end-hostile",
// and "crash" of those that only have a hash.
void interleave(std::vector<Input>& inputs) {
  std::map<std::string, std::size_t> seen;
  std::vector<std::pair<std::size_t, Input>> ranked;
  for (Input& input : inputs) {
    const std::string name = fs::path(input.file.path).filename().native();
    const std::size_t rank = seen[input.fuzzer + " " + name.substr(0, name.rfind('-'))]++;
    ranked.emplace_back(rank, std::move(input));
  }
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& one, const auto& other) { return one.first < other.first; });
  for (std::size_t i = 0; i < ranked.size(); ++i) inputs[i] = std::move(ranked[i].second);
}

ExternalTarget external_of(const json& target, const CampaignSetting& setting) {
  ExternalTarget external;
  external.name = target.at("name").get<std::string>();
  external.command = replay_command(target.at("binary").get<std::string>(), {});
  external.environment = engine_environment(false);
  external.lists = target.at("inputs") == "lists";
  external.only_there = target.at("elsewhere").get<bool>();
  const bool compares = target.at("compares").get<bool>();
  external.compares = compares;
  external.completes = target.at("inputs") == "whole boots";
  external.replay = shown(own_folder() / "hobnail") + (compares ? " compare" : " replay");
  if (!external.lists) external.replay += options_text(setting);
  return external;
}

void add_inputs(CampaignInputs& campaign, const json& target,
                const std::vector<std::string>& paths) {
  const std::string kind = target.at("inputs").get<std::string>();
  for (Input& input : read_inputs(paths, kind == "lists" ? BytesAre::Lists : BytesAre::Programs)) {
    auto* const boot = std::get_if<oracle::Program>(&input.content);
    if (kind == "whole boots" && boot != nullptr) *boot = oracle::with_hand_off(*boot);
    input.fuzzer = target.at("name").get<std::string>();
    input.must_fail = must_fail_again(input.file.path);
    campaign.inputs.push_back(std::move(input));
  }
}

SkippedFile unstable_of(const json& one) {
  SkippedFile file;
  for (const Input& input : read_inputs({one.at("file").get<std::string>()})) {
    file.file = input.file;
  }
  file.reason = SkipReason::NotReproducible;
  file.words = "its outcome changes: " + one.at("how").get<std::string>();
  file.tried = 3;
  return file;
}

// Boots that differ after others: triage runs them with their histories.
std::vector<Input> state_inputs(const json& stability) {
  std::vector<Input> inputs;
  for (const json& file : stability.value("state", json::array())) {
    for (Input& input : read_inputs({file.get<std::string>()})) {
      input.must_fail = true;
      inputs.push_back(std::move(input));
    }
  }
  return inputs;
}

json finding_json(const TriageRecord& record, const std::string& fuzzer) {
  json inputs = json::array();
  for (const OriginalFile& file : record.files) inputs.push_back(file.path);
  return {{"rule", record.rule},
          {"bucket", record.bucket},
          {"class", record.calls},
          {"op", record.op},
          {"program", record.program_text},
          {"history", record.history},
          {"evidence", record.evidence},
          {"fuzzer", fuzzer},
          {"file", record.program_file.empty() ? record.representative : record.program_file},
          {"count", record.count()},
          {"size", record.size()},
          {"reproduce", record.replay},
          {"inputs", std::move(inputs)}};
}

}  // namespace

void mark_triaged(const json& report) {
  for (const json& target : report.at("targets")) {
    const fs::path folder = target.at("artifacts").get<std::string>();
    std::error_code error;
    if (fs::is_directory(folder, error)) std::ofstream mark(folder / kTriagedMark);
  }
}

std::vector<ExternalTarget> externals_of(const std::vector<FuzzTarget>& targets,
                                         const CampaignSetting& setting) {
  std::vector<ExternalTarget> externals;
  for (const FuzzTarget& target : targets) {
    const bool lists = target.name == "hob_list_fuzz";
    const bool whole = target.name == "handoff_fuzz";
    externals.push_back(external_of({{"name", target.name},
                                     {"binary", target.binary.native()},
                                     {"inputs", lists   ? "lists"
                                                : whole ? "whole boots"
                                                        : "boots"},
                                     {"elsewhere", target.name == "differential_fuzz"},
                                     {"compares", target.name == "differential_fuzz"}},
                                    setting));
  }
  return externals;
}

std::string fuzzer_of(const std::string& path, const std::vector<ExternalTarget>& targets) {
  std::error_code error;
  const fs::path whole = fs::absolute(path, error).lexically_normal();
  std::string before;
  for (const fs::path& part : whole.parent_path()) {
    for (const ExternalTarget& target : targets) {
      const std::string& word = part.native();
      const bool of_run = word == "artifacts" || word == "earlier";
      if (word == target.name || (of_run && before + "_fuzz" == target.name)) return target.name;
    }
    before = part.native();
  }
  return {};
}

CampaignInputs campaign_inputs(const json& report, const CampaignSetting& setting) {
  CampaignInputs campaign;
  std::set<std::string> seen;
  for (const json& target : report.at("targets")) {
    std::vector<std::string> paths = failed_inputs(target, seen);
    const bool elsewhere = target.at("elsewhere").get<bool>();
    campaign.left += keep_shortest(paths, elsewhere ? kExternalInputsMax : kInputsMax);
    campaign.externals.push_back(external_of(target, setting));
    add_inputs(campaign, target, paths);
  }
  interleave(campaign.inputs);
  for (Input& input : state_inputs(report.at("stability"))) {
    campaign.inputs.push_back(std::move(input));
  }
  for (const json& one : report.at("stability").at("unstable")) {
    campaign.unstable.push_back(unstable_of(one));
  }
  return campaign;
}

void add_findings(json& report, const TriageReport& triaged, const CampaignInputs& campaign) {
  std::map<std::string, std::string> fuzzers;  // by the path of an input
  for (const Input& input : campaign.inputs) fuzzers[input.file.path] = input.fuzzer;
  std::map<std::string, std::size_t> counts;
  report["findings"] = json::array();
  for (const TriageRecord& record : triaged.records) {
    const std::string& fuzzer = fuzzers[record.representative];
    ++counts[fuzzer];
    report["findings"].push_back(finding_json(record, fuzzer));
  }
  for (json& target : report["targets"]) {
    target["findings"] = counts[target["name"].get<std::string>()];
  }
}

}  // namespace hobnail
