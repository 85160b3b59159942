// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Edits of HOB lists that keep their meaning: a patch stays on the HOB that it was on.
#pragma once

#include <cstddef>
#include <vector>

#include "properties/oracle/hob_list_input/list_input.h"

namespace hobnail {

// The list without the HOBs that are marked, and without the patches of these. A patch of what
// stands behind moves with it.
[[nodiscard]] pei::oracle::HostileList without(const pei::oracle::HostileList& list,
                                               const std::vector<bool>& dropped);

// HOB `index` replaced by `hob`; patches behind it move with what they are on.
[[nodiscard]] pei::oracle::HostileList with_hob(const pei::oracle::HostileList& list,
                                                std::size_t index,
                                                const pei::oracle::ListedHob& hob);

// As every codec gives it back: fields that do not count for a kind have their defaults.
[[nodiscard]] pei::oracle::HostileList canonical(const pei::oracle::HostileList& list);

}  // namespace hobnail
