// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The options of `hobnail check`: of random programs, of lists, and of the claims of --suite.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "fuzz/command/options/known_options.h"
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

struct CheckOptions {
  TargetOptions target;
  KnownOptions known;
  SuiteOptions suites;
  double seconds = 10;
  std::size_t runs = 0;
  std::uint64_t seed = 1;
  std::size_t ops = 60;
  std::size_t findings = 0;    // 0: one, or all with --accept
  double triage_seconds = -1;  // with --accept; below 0: by `seconds`
  std::string json;
  std::string out = "out/findings";
  bool lists = false;
  bool quiet = false;

  void add_to(CLI::App& command);
  // Of the triage of --accept; 0: without a limit.
  [[nodiscard]] double seconds_of_triage() const {
    constexpr double kLeast = 30;
    return triage_seconds >= 0 ? triage_seconds : std::max(seconds, kLeast);
  }
  [[nodiscard]] std::size_t findings_wanted() const {
    if (findings != 0) return findings;
    return known.accept ? ~std::size_t{0} : std::size_t{1};
  }
};

}  // namespace hobnail
