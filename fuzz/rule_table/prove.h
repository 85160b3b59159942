// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// hobnail rules --prove: every planted bug, on a target of the user's.
#pragma once

#include <nlohmann/json.hpp>

#include "properties/abi/hobnail_target.h"

namespace hobnail {

struct RuleProof {
  nlohmann::json report;
  bool all_proven = false;
};

// `print`: a row for each bug, and a line with the counts.
[[nodiscard]] RuleProof prove_rules(const hobnail_target& target, bool print);

}  // namespace hobnail
