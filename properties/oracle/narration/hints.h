// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Hints: what a boot's list has that no rule forbids and that a person should look at. A hint is
// never a finding: nothing that it says can be held against the target.
#pragma once

#include "properties/oracle/boot/boot.h"

namespace hobnail::oracle {

// Puts them into the outcome, and into the trace of the present op, once for a boot. Does nothing
// unless hints or a trace are asked for.
//
//   a word in a GUID HOB that is an address in temporary RAM, which is gone
//   a MemoryTypeInformation table without an end, or with a bad or repeated type
//   runtime memory in many pieces
void collect_hints(Boot& boot);

}  // namespace hobnail::oracle
