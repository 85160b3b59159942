// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// hobnail replay --after: each program in a process that has run the boots of a history, and in a
// new one. A difference is the finding STATE-OUTLIVES-BOOT.
#pragma once

#include <string>
#include <vector>

#include "fuzz/command/options/known_options.h"
#include "fuzz/command/options/target_options.h"

namespace hobnail {

struct AfterOptions {
  std::vector<std::string> history;  // files, or directories of them
  std::vector<std::string> files;
  TargetOptions target;
  KnownOptions known;
  std::string json;
  bool trace = false;
  bool quiet = false;
};

// An exit code. Throws UsageError.
[[nodiscard]] int replay_after(const AfterOptions& options);

}  // namespace hobnail
