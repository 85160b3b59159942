// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The two options, and the file.
#include "fuzz/command/options/known_options.h"

#include <CLI/CLI.hpp>

#include "fuzz/command/options/usage_error.h"

namespace hobnail {

void KnownOptions::add_to(CLI::App& command, bool accepts) {
  command.add_option("--known", known, "File of known issues, which do not fail the run")
      ->type_name("FILE");
  if (accepts) command.add_flag("--accept", accept, "Add new findings to the file of --known");
}

oracle::KnownIssues KnownOptions::read() const {
  if (accept && known.empty()) {
    throw UsageError("--accept requires --known FILE, which it updates");
  }
  if (known.empty()) return {};
  return value_of(oracle::read_known_issues(known, accept));
}

}  // namespace hobnail
