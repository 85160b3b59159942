// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Minimising: the shortest and plainest program that shows the same.
//
//   truncate -> plain board -> name results -> delete ops -> plain values -> plainest board
//                                                 ^----------- until nothing changes ----'
//
// Invariants: every program that is kept was played, and its likeness (bucket.h) is that of the
// first; the same program, seed and target give the same result; at most `runs` boots are played.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

#include "fuzz/triage/boot/player.h"

namespace hobnail {

struct MinimiseOptions {
  std::size_t runs = 2000;  // boots at most
  std::uint64_t seed = 0;   // in which order deletions are tried; 0: from the end
  // Told after each boot: how many there were, and how many ops are left.
  std::function<void(std::size_t runs, std::size_t ops)> progress;
};

struct Minimised {
  pei::oracle::Program program;
  Trial trial;             // of it
  std::size_t runs = 0;    // boots that it took
  bool exhausted = false;  // the budget was not enough
};

// `first`: how `program` went; it must have a finding.
[[nodiscard]] Minimised minimise(Player& player, const pei::oracle::Program& program,
                                 const Trial& first, const MinimiseOptions& options);

}  // namespace hobnail
