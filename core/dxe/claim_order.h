// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The order of claims: by base, equal bases as in the HOB list.
#pragma once

#include "core/dxe/claims.h"

namespace pei::dxe {

// In place, n log n steps; no recursion, no second array.
void sort_claims(const Claims& claims);

}  // namespace pei::dxe
