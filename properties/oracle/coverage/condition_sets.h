// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// How circumstances are gathered; shared by the two halves of their measuring.
#pragma once

#include "properties/oracle/coverage/conditions.h"

namespace pei::oracle {

struct CircumstanceSet {
  Circumstances all = 1;  // Any

  void add(Circumstance circumstance, bool holds) {
    if (holds) all.set(static_cast<std::size_t>(circumstance));
  }
};

// Of the ops that neither take nor give memory.
void add_other(const Boot& boot, const Op& op, CircumstanceSet& set);

}  // namespace pei::oracle
