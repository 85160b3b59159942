// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The HOBs that PI requires at the hand-off besides PHIT and tested memory (PI 1.8 Vol 1 9.3, table
// 9.1): the BSP's stack, firmware devices, firmware volumes, the module of the DXE Foundation.
//
// Invariant: half of the lists have all of them, the others any.
#pragma once

#include "properties/oracle/hob_list_input/list_draft.h"

namespace hobnail::oracle {

void add_hand_off_hobs(ListDraft& draft, Random random);

}  // namespace hobnail::oracle
