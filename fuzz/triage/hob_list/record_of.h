// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// From a minimal HOB list and how it went to its record: all of it but where it comes from.
#pragma once

#include "fuzz/triage/record/record.h"
#include "fuzz/triage/trial/trial.h"

namespace hobnail {

// `trial`: of `list`, with a finding. Readers of lists are Hobnail's own, whatever the target: the
// record's target is they.
[[nodiscard]] TriageRecord record_of(const pei::oracle::HostileList& list, const Trial& trial,
                                     const std::string& target);

}  // namespace hobnail
