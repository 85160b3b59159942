// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Claims about the window between InstallPeiMemory and the return of its caller.
#pragma once

#include <span>

#include "properties/claims/claim.h"

namespace hobnail::oracle {

[[nodiscard]] std::span<const Claim> window_claims();

}  // namespace hobnail::oracle
