// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What becomes of SEC's stack, and of SEC's data beside it, when memory migrates.
//
//   new stack [ free ... | image of the old stack ][SEC's data, packed]
#pragma once

#include "properties/oracle/boot/boot.h"

namespace hobnail::oracle {

// MIGRATION-STACK, MIGRATION-PLATFORM, SEC-DATA. The list is the migrated one; the allocation table
// follows.
[[nodiscard]] Verdict check_stack(Boot& boot);

// MIGRATION-STACK too, once the list is known to hold its invariants: the distance that the stack
// moves by is a multiple of 16, or the frames on it lose their alignment.
[[nodiscard]] Verdict check_stack_alignment(const Boot& boot);

}  // namespace hobnail::oracle
