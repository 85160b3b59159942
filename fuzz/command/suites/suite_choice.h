// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// --suite: which claims are checked.
#pragma once

#include <string>
#include <vector>

#include "properties/claims/claim.h"

namespace hobnail {

using ClaimList = std::vector<const oracle::Claim*>;

// The claims of these names ("all", "pages", "pages.give-back") that are checked under the
// standard, in the order of the table. Throws UsageError.
[[nodiscard]] ClaimList chosen_claims(const std::vector<std::string>& names,
                                      oracle::Standard standard);

// A table of all claims: name, standard, sentence, clause.
[[nodiscard]] std::string claims_text();

}  // namespace hobnail
