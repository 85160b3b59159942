// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Claims about boots on every layout that SEC may hand over.
#pragma once

#include <span>

#include "properties/claims/claim.h"

namespace hobnail::oracle {

[[nodiscard]] std::span<const Claim> layouts_claims();

}  // namespace hobnail::oracle
