// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The HOB lines of EDK II's debug log (DxeMain.c), wherever they stand in it:
//
//   Memory Allocation 0x00000004 0x7EF6A000 - 0x7EF89FFF
//   FV Hob            0x900000 - 0x14FFFFF
//   FV2 Hob           0x900000 - 0x14FFFFF
//   FV3 Hob           0x900000 - 0x14FFFFF - 0x0 - 0x1
//
// A log has neither PHIT nor resources: what it says is a list of allocations and volumes alone.
#pragma once

#include <string_view>

#include "properties/oracle/hob_list_input/list_input.h"

namespace hobnail {

// The HOBs that the log names, in its order; none when it names none.
[[nodiscard]] oracle::HobListInput list_of_log(std::string_view text);

}  // namespace hobnail
