// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Records of planted bugs: what the renderers are tried on. They are made as triage makes them of a
// crash file, without minimising.
#pragma once

#include <optional>
#include <string_view>

#include "fuzz/triage/record/record.h"
#include "properties/planted/faults.h"

namespace hobnail {

// The record of one fault on our core; nullopt when this build cannot see it.
[[nodiscard]] std::optional<TriageRecord> planted_record(const pei::oracle::Fault& fault);

// The record of a consumer that takes every HOB list, and of a list that it must not take.
[[nodiscard]] TriageRecord planted_list_record();

// Those of all faults, that of the list, with a few files that are in no bucket.
[[nodiscard]] TriageReport planted_report();

}  // namespace hobnail
