// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Minimising HOB lists: the shortest and plainest list that shows the same.
//
//   plain memory -> drop HOBs -> drop patches -> plain fields -> shorter patches
//                       ^-------------- until nothing changes ----------'
//
// Invariants: those of minimise.h: every list that is kept was played, and its likeness
// (list_bucket.h) is that of the first; the same list, seed and readers give the same result; at
// most `runs` lists are played.
#pragma once

#include "fuzz/triage/boot/minimize.h"
#include "fuzz/triage/hob_list/player.h"

namespace hobnail {

struct MinimisedList {
  pei::oracle::HostileList program;  // by the name that it has of boots
  Trial trial;                       // of it
  std::size_t runs = 0;              // lists that it took
  bool exhausted = false;            // the budget was not enough
};

// `first`: how `list` went; it must have a finding.
[[nodiscard]] MinimisedList minimise(ListPlayer& player, const pei::oracle::HostileList& list,
                                     const Trial& first, const MinimiseOptions& options);

}  // namespace hobnail
