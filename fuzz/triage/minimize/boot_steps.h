// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The steps of minimizing boots. Each returns true when something was changed.
#pragma once

#include <cstddef>
#include <vector>

#include "fuzz/triage/minimize/search.h"

namespace hobnail {

// Before the rounds, and in each.
void begin_search(BootSearch& search);
bool search_round(BootSearch& search);

// Drops these ops. False when they are not all there, or are needed.
bool drop(BootSearch& search, const std::vector<std::size_t>& ops);
// Drops a run of neighbours, of which there are `size` in most runs.
bool drop_run(BootSearch& search, std::vector<std::size_t> ops, std::size_t size);

// How many ops can be dropped.
[[nodiscard]] std::size_t count_of(const oracle::Program& program);

}  // namespace hobnail
