// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Merging: of two boots of one cause, the record that needs less stands for both.
//
// Invariant: what is merged shows everything that the remaining record needs: rule, op, phase,
// conditions, ops before the call, and check.
#pragma once

#include <optional>
#include <vector>

#include "fuzz/triage/record/record.h"
#include "properties/oracle/known/issue_pattern.h"

namespace hobnail {

// Of a boot; empty for a HOB list. It refers to the record's texts.
[[nodiscard]] std::optional<oracle::IssueFacts> facts_of(const TriageRecord& record);

[[nodiscard]] std::vector<TriageRecord> merge_causes(std::vector<TriageRecord> records);

}  // namespace hobnail
