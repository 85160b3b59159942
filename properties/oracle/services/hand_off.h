// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// HandOff: PEI is over, and DXE takes the HOB list over.
#pragma once

#include "properties/oracle/boot/boot.h"

namespace hobnail::oracle {

// The list becomes memory like any other, and so do the pools in it: whoever took it over has a
// copy.
void take_list_away(Boot& boot);

[[nodiscard]] Verdict run_hand_off(Boot& boot, const Op& op);

}  // namespace hobnail::oracle
