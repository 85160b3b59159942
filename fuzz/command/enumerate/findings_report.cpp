// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Files, then triage.
#include "fuzz/command/enumerate/findings_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <variant>

#include "fuzz/inputs/write_file.h"
#include "fuzz/terminal/progress_line.h"
#include "fuzz/triage/boot/merge.h"
#include "fuzz/triage/triage.h"
#include "properties/oracle/program/text/codec_text.h"

namespace hobnail {
namespace {

// Of findings that look alike: the shortest come first.
constexpr std::size_t kMostOfOneLook = 64;

bool is_shorter(const TriageRecord& a, const TriageRecord& b) {
  return std::make_pair(a.program.ops.size(), a.bucket) <
         std::make_pair(b.program.ops.size(), b.bucket);
}

// Files of an earlier run stay.
std::filesystem::path free_name(const std::filesystem::path& directory, const std::string& rule) {
  for (std::size_t number = 1;; ++number) {
    std::filesystem::path path = directory / fmt::format("{}-{}.boot", rule, number);
    if (!std::filesystem::exists(path)) return path;
  }
}

// Triage of all at once takes minimal programs of one rule, op and check for one bug. Here each
// stands for itself, and one is left out only when it shows all that the bucket of another needs.
class BugList {
 public:
  BugList(const hobnail_target& target, const oracle::RunOptions& run, double seconds)
      : target_(target), run_(run) {
    options_.tries = 1;
    options_.runs = 500;
    if (seconds != 0) options_.limits.seconds = seconds;
    all_.target = target.name;
  }

  // Shorter programs come first.
  void take(const Input& input) {
    ++all_.files;
    options_.minimize = false;
    TriageReport as_found = once(input);
    if (as_found.records.empty()) return add_skipped(std::move(as_found));
    if (TriageRecord* const known = record_like(as_found.records.front())) {
      known->files.push_back(input.file);
      return;
    }
    options_.minimize = true;
    TriageReport minimal = once(input);
    if (minimal.records.empty()) return add_skipped(std::move(minimal));
    add(std::move(minimal.records.front()));
  }

  [[nodiscard]] TriageReport report() {
    all_.records = merge_causes(std::move(all_.records));
    std::sort(all_.records.begin(), all_.records.end(), is_shorter);
    return std::move(all_);
  }

 private:
  TriageReport once(const Input& input) {
    TriageReport report = triage(target_, run_, {input}, options_);
    all_.executions += report.executions;
    all_.ops += report.ops;
    all_.seconds += report.seconds;
    return report;
  }

  void add_skipped(TriageReport report) {
    for (SkippedFile& file : report.skipped) all_.skipped.push_back(std::move(file));
  }

  TriageRecord* record_like(const TriageRecord& record) {
    const auto facts = facts_of(record);
    for (std::size_t i = 0; facts && i < all_.records.size(); ++i) {
      if (patterns_[i] && patterns_[i]->matches(*facts)) return &all_.records[i];
    }
    return nullptr;
  }

  void add(TriageRecord record) {
    for (TriageRecord& known : all_.records) {
      if (known.bucket != record.bucket) continue;
      known.files.insert(known.files.end(), record.files.begin(), record.files.end());
      return;
    }
    auto pattern = oracle::parse_issue_pattern(record.bucket);
    auto* const parsed = std::get_if<oracle::IssuePattern>(&pattern);
    patterns_.push_back(parsed == nullptr ? std::nullopt : std::optional(std::move(*parsed)));
    all_.records.push_back(std::move(record));
  }

  const hobnail_target& target_;
  const oracle::RunOptions& run_;
  TriageOptions options_;
  TriageReport all_;
  std::vector<std::optional<oracle::IssuePattern>> patterns_;  // of the records
};

}  // namespace

std::vector<Input> write_findings(const DistinctFindings& findings, const std::string& directory) {
  std::filesystem::create_directories(directory);
  std::vector<Input> inputs;
  for (const auto& [look, alike] : findings.all()) {
    const std::string rule = look.substr(0, look.find('/'));
    const std::size_t count = std::min(alike.size(), kMostOfOneLook);
    for (const DistinctFinding& finding : std::span(alike).first(count)) {
      const std::filesystem::path path = free_name(directory, rule);
      write_file(path, oracle::print_text(finding.program));
      for (Input& input : read_inputs({path.native()})) inputs.push_back(std::move(input));
    }
  }
  const auto length = [](const Input& input) {
    const auto* const program = std::get_if<oracle::Program>(&input.content);
    return program == nullptr ? 0 : program->ops.size();
  };
  std::stable_sort(inputs.begin(), inputs.end(),
                   [&](const Input& a, const Input& b) { return length(a) < length(b); });
  return inputs;
}

TriageReport bugs_of(const std::vector<Input>& inputs, const TargetOptions& target,
                     const hobnail_target& loaded, bool quiet) {
  oracle::RunOptions run = target.run_options();
  run.boards = {};  // a bug is named after its board only where no other shows it
  ProgressLine progress(quiet);
  BugList bugs(loaded, run, target.seconds);
  std::size_t done = 0;
  for (const Input& input : inputs) {
    bugs.take(input);
    progress.show(fmt::format("triage {} of {} findings", ++done, inputs.size()));
  }
  progress.clear();
  return bugs.report();
}

}  // namespace hobnail
