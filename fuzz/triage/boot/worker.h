// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The worker of boots. SharedState is memory of the parent, too.
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

// Returns when the parent is gone.
void be_worker(const WorkerSetup& setup);

}  // namespace hobnail
