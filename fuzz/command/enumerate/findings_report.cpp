// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Files, then triage.
#include "fuzz/command/enumerate/findings_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <string_view>
#include <utility>

#include "fuzz/inputs/write_file.h"
#include "fuzz/terminal/progress_line.h"
#include "fuzz/triage/triage.h"
#include "properties/oracle/program/text/codec_text.h"

namespace hobnail {
namespace {

bool is_shorter(const TriageRecord& a, const TriageRecord& b) {
  return std::make_pair(a.program.ops.size(), a.bucket) <
         std::make_pair(b.program.ops.size(), b.bucket);
}

}  // namespace

std::vector<Input> write_findings(const DistinctFindings& findings, const std::string& directory) {
  std::filesystem::create_directories(directory);
  std::map<std::string, std::size_t> numbers;  // by rule
  std::vector<std::string> paths;
  for (const auto& [look, alike] : findings.all()) {
    const std::string rule = look.substr(0, look.find('/'));
    for (const DistinctFinding& finding : alike) {
      const std::filesystem::path path =
          std::filesystem::path(directory) / fmt::format("{}-{}.boot", rule, ++numbers[rule]);
      write_file(path, oracle::print_text(finding.program));
      paths.push_back(path.native());
    }
  }
  return read_inputs(paths);
}

TriageReport bugs_of(const std::vector<Input>& inputs, const TargetOptions& target,
                     const hobnail_target& loaded, bool quiet) {
  if (inputs.empty()) return {};
  ProgressLine progress(quiet);
  TriageOptions options;
  if (target.seconds != 0) options.limits.seconds = target.seconds;
  options.progress = [&progress](std::string_view what, std::size_t done, std::size_t all) {
    progress.show(fmt::format("{} {} of {}", what, done, all));
  };
  oracle::RunOptions run = target.run_options();
  run.boards = {};  // a bug is named after its board only where no other shows it
  TriageReport report = triage(loaded, run, inputs, options);
  progress.clear();
  std::sort(report.records.begin(), report.records.end(), is_shorter);
  return report;
}

}  // namespace hobnail
