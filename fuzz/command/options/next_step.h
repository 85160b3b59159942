// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Commands that a report prints for its reader.
//
// Invariant: they have the target, the rules and the standard of the command that prints them.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/command/options/target_options.h"

namespace hobnail {

// The line of a report about programs or lists of one directory, as they were found: the command
// that minimizes them. Empty without a file.
[[nodiscard]] std::string next_step(const std::vector<std::string>& files,
                                    const TargetChoice& target, std::string_view noun = "program");

// The lines of a finding with a history: its files, and the command that runs them.
[[nodiscard]] std::string state_text(const std::string& file,
                                     const std::vector<std::filesystem::path>& history,
                                     const TargetChoice& target);

}  // namespace hobnail
