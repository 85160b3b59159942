// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Minimizing: the shortest and plainest program, or HOB list, that shows the same.
//
//   programs: truncate -> plain board -> fewer rounds of groups -> name results -> delete ops
//             -> fewer rounds -> plain values -> delete ops -> plainest board, until no change
//   lists:    plain memory
//             -> drop HOBs -> drop patches -> plain memory -> plain fields, until nothing changes
//
// Invariants: every test that is kept was run, and its signature (bucket.h) is that of the first;
// the same test, seed and target give the same result, unless `end` comes first; at most `runs`
// tests are run.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>

#include "fuzz/triage/execution/executor.h"

namespace hobnail {

struct MinimizeOptions {
  std::size_t runs = 2000;  // tests at most
  std::uint64_t seed = 0;   // in which order deletions are tried; 0: from the end
  // Called after each test: how many there were, and how many ops, or HOBs and patches, are left.
  std::function<void(std::size_t runs, std::size_t left)> progress;
  // No test begins after it.
  std::chrono::steady_clock::time_point end = std::chrono::steady_clock::time_point::max();
};

template <typename Test>
struct Minimized {
  Test test;
  Execution execution;     // of it
  std::size_t runs = 0;    // tests that it took
  bool exhausted = false;  // the budget was not enough
};

// `first`: how `test` went; it must have a finding. For programs and HOB lists.
template <typename Test>
[[nodiscard]] Minimized<Test> minimize(Executor& executor, const Test& test, const Execution& first,
                                       const MinimizeOptions& options);

}  // namespace hobnail
