// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What the workers of boots and of HOB lists have in common: in a WorkerProcess, they run the tests
// that they receive until the parent goes away or a test ends them.
//
//   parent --[bytes of a test]--> worker --[outcome]--> parent
#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "properties/oracle/lockstep/lockstep.h"

namespace hobnail {

using RunTest = std::function<oracle::Outcome(std::span<const std::uint8_t> bytes, bool trace)>;

// Returns when the parent is gone.
void answer_requests(const RunTest& run);

// The process ends with this finding. Returns, so that the process ends as it would have: the
// parent reads the signal from that.
void reply_last(const oracle::Finding& finding);

}  // namespace hobnail
