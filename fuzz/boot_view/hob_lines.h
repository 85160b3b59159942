// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The HOB list of a step, a line a HOB.
#pragma once

#include <vector>

#include "fuzz/boot_view/pei_claims.h"

namespace hobnail {

// Names that are no longer in the allocation table are those of `before`.
[[nodiscard]] std::vector<HobLine> hob_lines(const oracle::Boot& boot, const ListNow& list,
                                             const std::vector<HobLine>& before);

}  // namespace hobnail
