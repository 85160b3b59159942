// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Random HOB lists: most of a list is what firmware writes, and one in three has something wrong in
// it. What public reports name comes up often: bins inside memory, page 0, MMIO that is claimed,
// special-purpose memory, short GUID HOBs, tables and chains without an end. Half of the lists have
// all HOBs that PI requires at the hand-off; what else firmware writes is in list_extras.h.
//
// Invariant: a list is a function of the generator's state; it comes back from its own bytes
// (list_bytes.h).
#pragma once

#include "properties/oracle/hob_list_input/list_input.h"
#include "properties/oracle/random.h"

namespace hobnail::oracle {

[[nodiscard]] HobListInput generate_list(Random& random);

}  // namespace hobnail::oracle
