// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A bare boot: the board's reset and the calls of a program, and nobody who looks. What a boot
// costs before anything is judged; `hobnail bench` compares.
#pragma once

#include <optional>

#include "properties/abi/hobnail_target.h"
#include "properties/oracle/call_log.h"
#include "properties/oracle/program.h"

namespace pei::oracle {

// The calls that lockstep makes of `program`; none when its board is missing, when the platform has
// a part in the boot, or when there is a finding.
[[nodiscard]] std::optional<CallLog> calls_of(const Program& program, const hobnail_target& target);

// Resets the board, enters, makes the calls, leaves.
void play_bare(const Program& program, const CallLog& calls, const hobnail_target& target);

}  // namespace pei::oracle
