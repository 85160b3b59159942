// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Edits of programs that keep their meaning: a deletion does not make p3 of what was p4.
#pragma once

#include <cstddef>
#include <vector>

#include "fuzz/triage/execution/execution.h"
#include "properties/oracle/program/program.h"

namespace hobnail {

// The program without the ops that are marked, and without those that use a result of one. Handles
// of what stays are counted anew.
[[nodiscard]] oracle::Program without(const oracle::Program& program, std::vector<bool> dropped);

// The same, but an op that uses a result that is gone stays, and uses the one before it.
[[nodiscard]] oracle::Program without_only(const oracle::Program& program, std::size_t op);

// page[n], pool[n], hob[n] and freed[n] by the names that they came to; `only`: of this op.
inline constexpr std::size_t kAllOps = ~std::size_t{0};
[[nodiscard]] oracle::Program with_names(const oracle::Program& program, const SharedState& board,
                                         std::size_t only = kAllOps);

// Without what lies behind the finding, which was not run.
void cut_behind_finding(oracle::Program& program, const Execution& execution);

// True when a place is measured from what is live at the moment.
[[nodiscard]] bool is_relative(const oracle::Place& place);

}  // namespace hobnail
