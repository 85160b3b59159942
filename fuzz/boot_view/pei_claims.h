// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What a boot at this moment says of its memory: from the PHIT, the HOB list and the auditor's
// book while PEI has the machine; from the memory map after the hand-off.
#pragma once

#include <vector>

#include "fuzz/boot_view/storyboard.h"
#include "properties/oracle/boot/boot.h"

namespace hobnail {

// The list as it is read now, which need not be one that can be read to its END.
struct ListNow {
  std::uint64_t base = 0;  // of the PHIT; 0: there is none
  pei::oracle::HobView view;
};

using Claims = std::vector<Piece>;

[[nodiscard]] Claims pei_claims(const pei::oracle::Boot& boot, const ListNow& list);
// `before`: the pieces of the step before, whose names outlive those who had them.
[[nodiscard]] Claims dxe_claims(const pei::oracle::Boot& boot, const std::vector<Piece>& before);

// A line a HOB; names that are not in the book any more are those of `before`.
[[nodiscard]] std::vector<HobLine> hob_lines(const pei::oracle::Boot& boot, const ListNow& list,
                                             const std::vector<HobLine>& before);

}  // namespace hobnail
