// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Ticks: which addresses stand below a strip, where, and in which form. What is pointed at comes
// first; a whole address where there is room, its end where there is not.
//
// Invariant: no two ticks of a row touch, and none reaches beyond the strip.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "fuzz/boot_view/lane.h"

namespace hobnail {

struct Tick {
  std::size_t run = 0;   // whose first address it is
  std::size_t row = 0;   // below the strip, from 0 on
  std::size_t mark = 0;  // where the address is, in units of the scale
  std::size_t at = 0;    // where the text begins
  std::string text;
};

// What a step points at.
struct Pointed {
  std::vector<const Piece*> fresh;
  std::vector<oracle::Region> accused;
};

// `unit`: the width of a character on the scale.
[[nodiscard]] std::vector<Tick> ticks_of(const Lane& lane, const std::vector<CellRun>& runs,
                                         const Pointed& pointed, std::size_t unit,
                                         std::size_t rows);

}  // namespace hobnail
