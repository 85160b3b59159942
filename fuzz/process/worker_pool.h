// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Jobs: the same work on many things, in several processes; there is one board of each kind in a
// process, so threads would not do.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>

namespace hobnail {

// Calls `work` for each number below `count`, in up to `jobs` children of this process, and `take`
// here with what it gave, in no order; nothing when the child that had it is dead, which is told
// last. Throws std::runtime_error when no child can be had.
void in_jobs(std::size_t count, unsigned jobs, const std::function<std::string(std::size_t)>& work,
             const std::function<void(std::size_t, std::optional<std::string>)>& take);

}  // namespace hobnail
