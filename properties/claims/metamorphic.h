// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Claims about two programs that differ in what must not matter.
#pragma once

#include <span>

#include "properties/claims/claim.h"

namespace hobnail::oracle {

[[nodiscard]] std::span<const Claim> metamorphic_claims();

}  // namespace hobnail::oracle
