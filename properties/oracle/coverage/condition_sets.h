// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// How conditions are gathered; shared by the two halves of their measuring.
#pragma once

#include "properties/oracle/coverage/conditions.h"

namespace hobnail::oracle {

struct ConditionSet {
  Conditions all = 1;  // Any

  void add(Condition condition, bool holds) {
    if (holds) all.set(static_cast<std::size_t>(condition));
  }
};

// Of the ops that neither take nor give memory.
void add_other(const Boot& boot, const Op& op, ConditionSet& set);

}  // namespace hobnail::oracle
