// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Edits of HOB lists that keep their meaning: a patch stays on the HOB that it was on.
#pragma once

#include <cstddef>
#include <vector>

#include "fuzz/triage/execution/execution.h"
#include "properties/oracle/hob_list_input/list_input.h"

namespace hobnail {

// The list without the HOBs that are marked, and without the patches of these. A patch of what
// stands behind moves with it.
[[nodiscard]] oracle::HobListInput without(const oracle::HobListInput& list,
                                           const std::vector<bool>& dropped);

// HOB `index` replaced by `hob`; patches behind it move with what they are on.
[[nodiscard]] oracle::HobListInput with_hob(const oracle::HobListInput& list, std::size_t index,
                                            const oracle::ListedHob& hob);

// Nothing lies behind a finding: readers read the whole list.
inline void cut_behind_finding(oracle::HobListInput& /*list*/, const Execution& /*execution*/) {}

// As every codec gives it back: fields that do not count for a kind have their defaults.
[[nodiscard]] oracle::HobListInput canonical(const oracle::HobListInput& list);

}  // namespace hobnail
