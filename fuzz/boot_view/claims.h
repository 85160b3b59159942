// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Claims: who says that memory is his, laid over a region so that each byte has one piece.
//
//   claims   [------ heap: Unclaimed ------]      the later may cover the earlier ...
//               [HobList][ Gap ][p0][p1]
//                              [p2]               ... but of two that exclude each other: Clash
//   pieces   [U][HobList][ Gap ][!][p1][U]
#pragma once

#include <span>
#include <vector>

#include "fuzz/boot_view/storyboard.h"

namespace hobnail {

// Lays claims over `region`; those that reach beyond are cut, empty ones are left out. The pieces
// are disjoint, ascending, and together all of the region.
[[nodiscard]] std::vector<Piece> lay(const pei::oracle::Region& region,
                                     std::span<const Piece> claims);

}  // namespace hobnail
