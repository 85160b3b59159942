// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Maps: the memory that a HOB list describes, as rows and as ASCII pictures.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "properties/oracle/board/board_profile.h"
#include "properties/oracle/hob_list/hob_view.h"

namespace hobnail {

struct MapRow {
  pei::oracle::Region range;
  std::string text;  // what it is; HOB numbers in it
};

// The memory of the PHIT from low to high: HOB list, free gap, allocations, and what no HOB
// describes. Empty when the PHIT's addresses make no picture.
[[nodiscard]] std::vector<MapRow> memory_rows(const pei::oracle::HobView& view);

// The resource descriptors from low to high; `io`: those of IO space, else of memory space.
[[nodiscard]] std::vector<MapRow> resource_rows(const pei::oracle::HobView& view, bool io);

// All maps as a picture, high addresses on top.
[[nodiscard]] std::string draw_maps(const pei::oracle::HobView& view);

}  // namespace hobnail
