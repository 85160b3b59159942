// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Long lists: more HOBs, claims, descriptors and bytes than a table of a fixed size has places.
//
// Invariant: one list in 20 is long.
#pragma once

#include "properties/oracle/hob_list_input/list_draft.h"

namespace hobnail::oracle {

void make_long(ListDraft& draft, Random random);

}  // namespace hobnail::oracle
