// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Memory at 4 GiB and above, from some MiB to several TiB, where 32, 34, 36, or 40 bits end; and
// what its resource may say of it: persistent, hot-pluggable, more reliable, protectable.
//
// Invariant: the processor reaches all of it.
#pragma once

#include "properties/oracle/hob_list_input/list_draft.h"

namespace hobnail::oracle {

void add_large_memory(ListDraft& draft, Random random);

// 256 MiB below 4 GiB, for claims; nothing if the processor ends there.
void add_some_room(ListDraft& draft, Random& random);

// Attributes that leave a resource what it is.
void add_attributes(ListDraft& draft, Random random);

// EFI_RESOURCE_ATTRIBUTE_*_PROTECTED: whether a reader may use such memory is open.
void protect_memory(HobListInput& list, Random random);

}  // namespace hobnail::oracle
