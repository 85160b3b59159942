// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// hobnail rules --prove: every planted bug, on a target of one's own.
#pragma once

#include "properties/abi/hobnail_target.h"

namespace hobnail {

// Prints a row for each bug. The exit code: 0 all are proven, 1 otherwise.
int prove_rules(const hobnail_target& target, bool as_json);

}  // namespace hobnail
