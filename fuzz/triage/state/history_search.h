// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The search for the shortest history after which a boot answers differently than in a new process.
//
//   the last 1, 2, 4, ... boots --> fewer boots --> fewer ops in each --> fewer ops in the boot
//
// Invariant: each series runs in a new process. Neither the boots nor the answer of an earlier
// series have an effect on a later one, except for a target that is not deterministic: then the
// verdict is Random.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "fuzz/triage/state/fresh_boots.h"
#include "fuzz/triage/state/state_finding.h"

namespace hobnail {

// The boots that ran before, the first first.
struct BootsBefore {
  std::size_t count = 0;
  std::function<oracle::Program(std::size_t)> boot;
};

enum class StateVerdict : std::uint8_t {
  None,    // the boot answers the same, whatever of them ran before
  Random,  // it answers differently in two processes that ran the same
  State
};

struct StateAnswer {
  StateVerdict verdict = StateVerdict::None;
  std::optional<StateFinding> finding;  // of State
  std::string how;                      // of Random: two answers
};

struct StateSearch {
  double seconds = 20;
  std::size_t series = 4000;  // at most
  // After each series: how many there were, the boots of the history and the ops of the boot.
  std::function<void(std::size_t series, std::size_t boots, std::size_t ops)> progress = {};
};

[[nodiscard]] StateAnswer find_history(FreshBoots& fresh, const BootsBefore& before,
                                       const oracle::Program& boot, const StateSearch& limits = {});

// One history and one boot as they are, not minimized.
[[nodiscard]] StateAnswer compare_after(FreshBoots& fresh,
                                        const std::vector<oracle::Program>& history,
                                        const oracle::Program& boot);

}  // namespace hobnail
