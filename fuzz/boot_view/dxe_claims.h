// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Claims after the hand-off: the memory map, and what it becomes when boot services end.
#pragma once

#include <vector>

#include "fuzz/boot_view/pei_claims.h"

namespace hobnail {

// `before`: the pieces of the step before, whose names outlive those who had them.
[[nodiscard]] Claims dxe_claims(const oracle::Boot& boot, const std::vector<Piece>& before);

}  // namespace hobnail
