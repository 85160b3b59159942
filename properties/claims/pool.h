// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Claims about AllocatePool.
#pragma once

#include <span>

#include "properties/claims/claim.h"

namespace hobnail::oracle {

[[nodiscard]] std::span<const Claim> pool_claims();

}  // namespace hobnail::oracle
