// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Claims about AllocatePages and FreePages.
#pragma once

#include <span>

#include "properties/claims/claim.h"

namespace hobnail::oracle {

[[nodiscard]] std::span<const Claim> pages_claims();

}  // namespace hobnail::oracle
