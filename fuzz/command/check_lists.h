// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// `hobnail check --lists`: random HOB lists on the reader under test.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "fuzz/command/options/target_options.h"
#include "properties/oracle/rules/verdict.h"

namespace hobnail {

struct ListCheck {
  oracle::RuleSet rules;
  TargetChoice target;   // as it was named
  double seconds = 10;   // of all
  std::size_t runs = 0;  // lists, instead of the time; 0: by time
  std::uint64_t seed = 1;
  double list_seconds = 20;  // of one list
  std::size_t findings = 1;  // after so many it ends
  std::string out;           // directory of the lists of findings
  std::string json;
  bool quiet = false;
};

// Prints each finding, and returns the exit code.
int check_lists(const ListCheck& options);

}  // namespace hobnail
