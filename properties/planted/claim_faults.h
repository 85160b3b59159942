// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Claim faults: for each metamorphic claim a target that breaks it. Most of them answer in a single
// boot what a core may answer; that two boots do not fit together is what is wrong.
#pragma once

#include <span>
#include <string_view>

#include "properties/planted/wrapped_target.h"

namespace hobnail::oracle {

struct ClaimFault {
  std::string_view claim;  // its full name
  std::string_view what;   // the target ...
  wrapped::Changes changes;
};

[[nodiscard]] std::span<const ClaimFault> claim_faults();

}  // namespace hobnail::oracle
