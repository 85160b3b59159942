// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What may change in a HOB list between two snapshots in one phase: HOBs of the core's own pages,
// and what is appended.
#pragma once

#include "properties/oracle/model/list_snapshot.h"

namespace hobnail::oracle {

// HOB-APPEND, PHIT-FIELDS.
[[nodiscard]] Verdict check_append(const RuleSet& rules, const Model& model,
                                   const HobListSnapshot& before, const HobListSnapshot& after);

}  // namespace hobnail::oracle
