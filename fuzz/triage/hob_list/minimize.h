// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Minimizing HOB lists: the shortest and plainest list that shows the same.
//
//   plain memory -> drop HOBs -> drop patches -> plain fields -> shorter patches
//                       ^-------------- until nothing changes ----------'
//
// Invariants: those of minimize.h: every list that is kept was played, and its signature
// (list_bucket.h) is that of the first; the same list, seed and readers give the same result; at
// most `runs` lists are played.
#pragma once

#include "fuzz/triage/boot/minimize.h"
#include "fuzz/triage/hob_list/executor.h"

namespace hobnail {

struct MinimizedList {
  oracle::HobListInput program;  // by the name that it has of boots
  Execution execution;           // of it
  std::size_t runs = 0;          // lists that it took
  bool exhausted = false;        // the budget was not enough
};

// `first`: how `list` went; it must have a finding.
[[nodiscard]] MinimizedList minimize(ListExecutor& executor, const oracle::HobListInput& list,
                                     const Execution& first, const MinimizeOptions& options);

}  // namespace hobnail
