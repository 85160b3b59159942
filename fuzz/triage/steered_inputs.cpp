// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Running each under the same filter.
#include "fuzz/triage/steered_inputs.h"

#include <filesystem>
#include <string>
#include <string_view>

#include "fuzz/triage/boot/executor.h"
#include "properties/oracle/known/issue_filter.h"
#include "properties/oracle/known/without_left_out.h"

namespace hobnail {
namespace {

// An engine names a file by a hash of 40 digits; a fuzz target, which has left the calls out
// already, by rule and op.
bool is_of_engine(const std::string& path) {
  constexpr std::size_t kDigits = 40;
  const std::string name = std::filesystem::path(path).filename().native();
  const std::string_view hash = std::string_view(name).substr(name.rfind('-') + 1);
  return hash.size() == kDigits &&
         hash.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

void become_as_they_ran(std::vector<Input>& inputs, const hobnail_target& target,
                        const oracle::RunOptions& run, const Limits& limits,
                        const oracle::KnownIssues& known) {
  oracle::IssueFilter filter(known);
  oracle::RunOptions steered = run;
  steered.known = &filter;
  BootExecutor executor(target, steered, limits);
  for (Input& input : inputs) {
    auto* const program = std::get_if<oracle::Program>(&input.content);
    if (program == nullptr || !is_of_engine(input.file.path)) continue;
    const Execution execution = hobnail::run(executor, *program);
    const auto& left_out = execution.outcome.left_out;
    if (execution.found() && !left_out.empty()) *program = without_left_out(*program, left_out);
  }
}

}  // namespace hobnail
