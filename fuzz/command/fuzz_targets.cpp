// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The list beside a build's programs, and a first start of each.
#include "fuzz/command/fuzz_targets.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>
#include <utility>
#include <variant>

#include "fuzz/campaign/libfuzzer_command.h"
#include "fuzz/command/options/usage_error.h"
#include "fuzz/inputs/program_file.h"
#include "fuzz/targets/reader_under_test.h"

namespace hobnail {
namespace {

namespace fs = std::filesystem;

std::vector<FuzzTarget> targets_in(const std::string& list, const fs::path& bin) {
  std::vector<FuzzTarget> all;
  std::istringstream words(list);
  for (std::string name; words >> name;) all.push_back({name, bin / name});
  return all;
}

}  // namespace

fs::path fuzz_target_list(const fs::path& bin) { return bin.parent_path() / "fuzz_targets.txt"; }

std::vector<FuzzTarget> listed_fuzz_targets(const fs::path& bin) {
  const auto read = read_file(fuzz_target_list(bin));
  const auto* const list = std::get_if<std::string>(&read);
  return list == nullptr ? std::vector<FuzzTarget>() : targets_in(*list, bin);
}

std::vector<FuzzTarget> fuzz_targets_of(const std::vector<std::string>& names,
                                        const fs::path& bin) {
  const fs::path list = fuzz_target_list(bin);
  const auto read = read_file(list);
  if (const auto* error = std::get_if<FileError>(&read)) {
    throw UsageError(error->message + "; build the preset fuzz first, or name --bin");
  }
  std::vector<FuzzTarget> all = targets_in(std::get<std::string>(read), bin);
  if (all.empty()) throw UsageError(shown(list) + ": contains no fuzz target");
  if (names.empty()) return all;
  std::vector<FuzzTarget> chosen;
  for (const std::string& wanted : names) {
    const auto at = std::find_if(all.begin(), all.end(),
                                 [&](const FuzzTarget& one) { return one.name == wanted; });
    if (at == all.end()) {
      throw UsageError(
          fmt::format("fuzz target '{}' is unknown; {} lists them", wanted, shown(list)));
    }
    chosen.push_back(*at);
  }
  return chosen;
}

std::vector<FuzzTarget> runnable(std::vector<FuzzTarget> targets, bool named,
                                 const std::string& core) {
  const auto leave_out = [&](const std::string& name, const std::string& why) {
    if (named) throw UsageError(name + ": " + why);
    fmt::print("{} is left out: {}\n", name, why);
  };
  std::vector<FuzzTarget> kept;
  const oracle::ConsumerTraits& consumer = consumer_under_test().traits();
  for (FuzzTarget& target : targets) {
    if (target.name == "hob_list_fuzz" && consumer.needs_memory) {
      leave_out(target.name, consumer.name + " needs the memory that a list describes");
      continue;
    }
    if (!named && target.name == "hob_list_fuzz" && !core.empty() && consumer.ours) {
      leave_out(target.name, "it runs no service of the target");
      continue;
    }
    const EngineCheck check = check_engine(target.binary, engine_environment(false));
    if (check.left_out) {
      leave_out(target.name, check.objection);
      continue;
    }
    if (!check.objection.empty()) throw UsageError(check.objection);
    kept.push_back(std::move(target));
  }
  return kept;
}

}  // namespace hobnail
