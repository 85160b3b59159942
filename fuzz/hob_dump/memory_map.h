// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Maps: the memory that a HOB list describes, as rows and as ASCII pictures.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "properties/oracle/board/board_profile.h"
#include "properties/oracle/hob_list/hob_view.h"

namespace hobnail {

struct MapRow {
  oracle::Region range;
  std::string text;  // what it is; HOB numbers in it
};

// The memory of the PHIT from low to high: HOB list, free gap, allocations, and what no HOB
// describes. Empty when the PHIT's addresses make no picture.
[[nodiscard]] std::vector<MapRow> memory_rows(const oracle::HobView& view);

// What the resource descriptors describe, from low to high: where several lie over each other, the
// shortest of them, with the others by number; what lies between and above the short ones is the
// long one's. `io`: those of IO space, else of memory space.
[[nodiscard]] std::vector<MapRow> resource_rows(const oracle::HobView& view, bool io);

// All maps as a picture, high addresses on top.
// `columns`: of the terminal; below 92, rows have no frame.
[[nodiscard]] std::string draw_maps(const oracle::HobView& view, std::size_t columns = 100);

}  // namespace hobnail
