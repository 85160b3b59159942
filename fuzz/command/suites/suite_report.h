// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The findings and counts of a run of claims: the files of the programs, text, JSON, JUnit.
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/command/options/check_options.h"
#include "fuzz/command/suites/suite_hunt.h"

namespace hobnail {

// The line of a program file that names its claim: "# claim metamorphic.pair variant 3".
struct ClaimLine {
  std::string name;
  std::uint64_t variant = 0;
};
[[nodiscard]] std::string claim_line(const SuiteFinding& finding);
[[nodiscard]] std::optional<ClaimLine> find_claim_line(std::string_view text);

// Where a finding's programs were written; `shown` is empty when it is the program itself.
struct FindingFiles {
  std::string program;
  std::string shown;
  std::vector<std::filesystem::path> history;  // of boots that run before
  std::string reproduce;                       // the command that shows the finding again
};
// Throws std::runtime_error.
[[nodiscard]] FindingFiles write_programs(const SuiteFinding& finding, const std::string& directory,
                                          std::uint64_t seed);

// The command of a finding in these files: it has the options of `check`.
[[nodiscard]] std::string reproduce_command(const SuiteFinding& finding, const FindingFiles& files,
                                            const CheckOptions& check, std::size_t claims);

// Without a head and without colours.
[[nodiscard]] std::string finding_text(const SuiteFinding& finding, const FindingFiles& files);
// One line a claim.
[[nodiscard]] std::string counts_text(const SuitePlan& plan, const std::vector<ClaimCount>& counts);

[[nodiscard]] nlohmann::json suite_json(const SuitePlan& plan, const SuiteHunt& hunt,
                                        const std::vector<FindingFiles>& files);
[[nodiscard]] std::string suite_junit(const SuitePlan& plan, const SuiteHunt& hunt,
                                      const std::vector<FindingFiles>& files,
                                      std::string_view target);

}  // namespace hobnail
