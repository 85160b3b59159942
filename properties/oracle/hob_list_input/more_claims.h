// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Claims that readers forget: of rare types, of types that OEMs and operating systems define, with
// names that no reader knows or nearly knows, of many pages; and HOBs that were claims once.
//
// Invariant: no two of them overlap, and each lies in one resource of tested memory.
#pragma once

#include "properties/oracle/hob_list_input/list_draft.h"

namespace hobnail::oracle {

void add_more_claims(ListDraft& draft, Random random);
void add_named_hobs(ListDraft& draft, Random random);
void add_unused_hobs(ListDraft& draft, Random random);

}  // namespace hobnail::oracle
