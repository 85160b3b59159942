// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Trace: a call and its effect in the field's words, for people who read a replay.
#pragma once

#include <string>

#include "properties/oracle/model/list_snapshot.h"

namespace pei::oracle {

// What differs between two looks in one phase: cursors that moved, HOBs that were appended,
// retired, re-used or retyped. Empty when nothing does.
[[nodiscard]] std::string describe_change(const Sight& before, const Sight& after);

// The PHIT in one line: where everything stands.
[[nodiscard]] std::string describe_phit(const Sight& sight);

}  // namespace pei::oracle
