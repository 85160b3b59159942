// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Claims on memory while PEI runs: of the PHIT, the HOB list and the allocation table.
#pragma once

#include <vector>

#include "fuzz/boot_view/live_index.h"
#include "fuzz/boot_view/storyboard.h"
#include "properties/oracle/boot/boot.h"

namespace hobnail {

// The list as it is now; it need not be readable to its END.
struct ListNow {
  std::uint64_t base = 0;  // of the PHIT; 0: there is none
  oracle::HobView view;
};

using Claims = std::vector<Piece>;

[[nodiscard]] Claims pei_claims(const oracle::Boot& boot, const ListNow& list,
                                const LiveIndex& live);
}  // namespace hobnail
