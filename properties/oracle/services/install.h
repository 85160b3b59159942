// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// InstallPeiMemory: which memory must be refused, which must be taken, and which may be either.
//
// Invariant: memory that a correct implementation might accept is memory of the board; the offer is
// cut to the region that it begins in. Nonsense is passed on, to be refused.
#pragma once

#include "properties/oracle/boot/boot.h"

namespace hobnail::oracle {

[[nodiscard]] Verdict run_install(Boot& boot, const Op& op);

}  // namespace hobnail::oracle
