// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// --known and --accept, for every command that has findings.
#pragma once

#include <string>

#include "properties/oracle/known/known_issues.h"

namespace CLI {
class App;
}

namespace hobnail {

struct KnownOptions {
  std::string known;  // file of the known issues; empty: none
  bool accept = false;

  // `accepts`: the command has --accept too.
  void add_to(CLI::App& command, bool accepts);
  [[nodiscard]] bool given() const { return !known.empty(); }
  // The issues of the file; none without one. Throws UsageError.
  [[nodiscard]] oracle::KnownIssues read() const;
};

}  // namespace hobnail
