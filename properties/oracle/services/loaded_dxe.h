// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// LoadedDxe: a consumer in a boot whose policies are its own (dxe/reader_checks.h).
//
//   without memory   reads a guarded copy of the list; then the list is taken away
//   needs memory     reads the list where it stands; from then on all memory is its own, but for
//                    what HOBs claim
//
// Invariant: of a list that it may refuse or cut, only what a HOB without a flaw claims is checked.
#pragma once

#include "properties/oracle/boot/boot.h"

namespace hobnail::oracle {

// `runs` says whether it has taken the list.
[[nodiscard]] Verdict hand_over_to_loaded(Boot& boot, bool& runs);

// Its map once more, stale keys, the right key. `exited` when the operating system has the machine.
[[nodiscard]] Verdict exit_loaded(Boot& boot, const MemoryMap& map, bool& exited);

// The operating system comes: the consumer is left, and what it wrote is known to the board.
void leave_loaded(Boot& boot);

}  // namespace hobnail::oracle
