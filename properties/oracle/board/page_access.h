// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Page access: what a target may do with the pages of a memory, as the kernel enforces it.
//
// Invariant: the harness reads and writes through another mapping, and is not affected.
#pragma once

#include "properties/oracle/region.h"

namespace hobnail::oracle {

// `access`: of mprotect(), PROT_NONE or PROT_READ | PROT_WRITE. Pages that are closed keep their
// bytes, which the file behind them holds.
void set_access(const Region& region, int access);

}  // namespace hobnail::oracle
