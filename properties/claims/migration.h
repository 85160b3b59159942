// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Claims about the move from temporary RAM to permanent memory.
#pragma once

#include <span>

#include "properties/claims/claim.h"

namespace hobnail::oracle {

[[nodiscard]] std::span<const Claim> migration_claims();

}  // namespace hobnail::oracle
