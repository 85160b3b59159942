// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// `hobnail check --suite`: claims on a target, instead of the rules alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "fuzz/command/options/target_options.h"

namespace hobnail {

// The options that only suites have.
struct SuiteOptions {
  std::vector<std::string> names;  // empty: no suites
  std::size_t cases = 0;
  std::string junit;
  std::string replay;

  void add_to(CLI::App& command);
};

// What they share with `hobnail check`.
struct SuiteCheck {
  SuiteOptions suites;
  TargetOptions target;
  double seconds = 10;
  std::uint64_t seed = 1;
  std::size_t ops = 60;
  std::size_t findings = 1;
  std::string out;
  std::string json;
  bool quiet = false;
};

// Prints each finding, and returns the exit code. Throws UsageError.
int check_suites(const SuiteCheck& check);

}  // namespace hobnail
