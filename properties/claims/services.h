// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Claims about all services together.
#pragma once

#include <span>

#include "properties/claims/claim.h"

namespace hobnail::oracle {

[[nodiscard]] std::span<const Claim> services_claims();

}  // namespace hobnail::oracle
