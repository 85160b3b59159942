// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// From a StateFinding to the record that every report is made of. Its bucket is
//
//   STATE-OUTLIVES-BOOT / op / what differs
//
// Invariant: neither phase nor board nor history are in the bucket: state shows in many boots.
#pragma once

#include <string>

#include "fuzz/triage/record/record.h"
#include "fuzz/triage/state/state_finding.h"

namespace hobnail {

[[nodiscard]] TriageRecord record_of(const StateFinding& finding, const std::string& target);

}  // namespace hobnail
