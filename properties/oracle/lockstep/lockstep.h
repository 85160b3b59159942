// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Lockstep: plays a program on a target, op by op, beside the model and under the rules.
//
//   Program --> for each op:  Board (memory, the PEIM's own writes)
//                             Target (EFI_PEI_SERVICES, only through the PI table)
//                             Model (judges the answer) --> Rules (invariants) --> Finding?
//
// Invariant: a run leaves no trace. The same program on the same target has the same outcome,
// whatever was played before it in this process.
#pragma once

#include "properties/abi/hobnail_target.h"
#include "properties/oracle/boot/run.h"
#include "properties/oracle/program/program.h"

namespace hobnail::oracle {

// Plays `program` on `target`. Not thread-safe: the boards stand at fixed addresses of the process.
[[nodiscard]] Outcome run_in_lockstep(const Program& program, const hobnail_target& target,
                                      const RunOptions& options = {});

}  // namespace hobnail::oracle
