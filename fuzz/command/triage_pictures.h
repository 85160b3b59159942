// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Pictures for the records of triage, as `hobnail show` draws them.
#pragma once

#include "fuzz/process/worker_process.h"
#include "fuzz/triage/record/record.h"

namespace hobnail {

// Plays each minimal program once more, in a child. A record whose boot cannot be drawn has none.
void add_pictures(TriageReport& report, const hobnail_target& target, const oracle::RunOptions& run,
                  const Limits& limits, double seconds);

}  // namespace hobnail
