// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The steps of minimizing HOB lists. Each returns true when something was changed.
#pragma once

#include <cstddef>
#include <vector>

#include "fuzz/triage/minimize/search.h"

namespace hobnail {

// Before the rounds, and in each.
void begin_search(ListSearch& search);
bool search_round(ListSearch& search);

// Drops these HOBs. False when they are not all there, or are needed.
bool drop(ListSearch& search, const std::vector<std::size_t>& hobs);
// Drops a run of neighbours, of which there are `size` in most runs.
bool drop_run(ListSearch& search, const std::vector<std::size_t>& hobs, std::size_t size);

// How many HOBs can be dropped.
[[nodiscard]] std::size_t count_of(const oracle::HobListInput& list);

}  // namespace hobnail
