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
  std::string json;     // output file; empty: none
  double seconds = 20;  // of one list; 0: no limit
};

// Lets the reader under test read each list, and reports what it violates and whether it takes the
// list.
// The exit code.
int replay_lists(const std::vector<std::filesystem::path>& paths, const ListReplay& options);

}  // namespace hobnail
