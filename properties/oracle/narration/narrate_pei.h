// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Narration of PEI: what reset, the first pool and the migration do to all memory, as lines of the
// trace. For people only; nothing is checked here. Call only when a trace is wanted.
#pragma once

#include "properties/oracle/boot/boot.h"

namespace hobnail::oracle {

// What SEC passed and what the core made of it, into Outcome::reset.
void narrate_reset(Boot& boot);

// Once a boot: what AllocatePool's memory is, and that no call frees it.
void narrate_pool(Boot& boot);

// What moved where. `boot.previous` is the list before; the allocation table has moved.
void narrate_migration(Boot& boot);

}  // namespace hobnail::oracle
