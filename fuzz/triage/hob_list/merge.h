// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Records of lists that are one bug although their minimal lists are not: what a plainer list shows
// without, is no part of the bug.
#pragma once

#include <vector>

#include "fuzz/triage/record/record.h"

namespace hobnail {

// True when `plain` and `other` are of the same check and class, and the list of `other` has all
// that the list of `plain` has, and more.
[[nodiscard]] bool subsumes(const TriageRecord& plain, const TriageRecord& other);

// Gives the files of each record to the plainest that stands for it, if there is one. Boots stay as
// they are. No file is lost.
[[nodiscard]] std::vector<TriageRecord> merge_lists(std::vector<TriageRecord> records);

}  // namespace hobnail
