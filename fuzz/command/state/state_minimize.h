// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The search for the shortest history and boot of a finding STATE-OUTLIVES-BOOT, with a record.
//
// Invariant: a finding that is returned was seen in new processes: with its history, and not
// without.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "fuzz/command/options/triage_options.h"
#include "fuzz/triage/record/record.h"
#include "fuzz/triage/state/history_search.h"

namespace hobnail {

struct StateMinimize {
  const ExecutionOptions* execution = nullptr;
  const hobnail_target* target = nullptr;
  std::vector<oracle::Program> history;
  oracle::Program boot;
  double seconds = 60;
  std::size_t series = 2000;  // each of a history and the boot
  bool quiet = false;
};

struct StateMinimized {
  StateAnswer answer;
  TriageRecord record;  // of a finding
};

// To be called before this process runs its first boot.
[[nodiscard]] StateMinimized minimize_state(const StateMinimize& search);

}  // namespace hobnail
