// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// HOB lists in `hobnail replay`.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "properties/oracle/rules/verdict.h"

namespace hobnail {

struct ListReplay {
  oracle::RuleSet rules;
  bool quiet = false;
  bool trace = false;
  std::string json;  // output file; empty: none
};

// Lets the readers read each list, and reports what they violate and whether DXE takes the list.
// The exit code.
int replay_lists(const std::vector<std::filesystem::path>& paths, const ListReplay& options);

}  // namespace hobnail
