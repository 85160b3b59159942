// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The worker of boots: in a WorkerProcess, it runs the programs that it receives until its parent
// goes away or its target ends it.
//
//   parent --[program]--> worker --[outcome]--> parent      SharedState: memory of both
#pragma once

#include "fuzz/triage/execution/op_context.h"
#include "properties/oracle/lockstep/lockstep.h"

namespace hobnail {

struct WorkerSetup {
  const hobnail_target* target = nullptr;
  oracle::RunOptions run;
  double seconds = 20;  // of one boot
  SharedState* shared = nullptr;
};

// `last`: the process ends with this. False when the parent is gone.
bool reply_with(const oracle::Outcome& outcome, bool last);

// Returns when the parent is gone.
void be_worker(const WorkerSetup& setup);

}  // namespace hobnail
