// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// HOB lists in `hobnail replay`.
#pragma once

#include <filesystem>
#include <vector>

#include "properties/oracle/rules/verdict.h"

namespace hobnail {

// Tries each list and tells what is not true of its readers. The exit code.
int replay_lists(const std::vector<std::filesystem::path>& paths, const oracle::RuleSet& rules,
                 bool quiet);

}  // namespace hobnail
