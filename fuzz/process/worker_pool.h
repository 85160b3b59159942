// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// WorkerPool: the same work on many things, in several processes; a process has one board of each
// kind, so threads would not do.
//
// Invariant: each number below `count` is taken once, whatever becomes of the children.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>

namespace hobnail {

struct PoolAnswer {
  std::optional<std::string> bytes;  // nothing: the child died at this number
  int status = 0;                    // waitpid's, of that child
  bool too_long = false;             // it was killed for that
};

using PoolWork = std::function<std::string(std::size_t)>;

// Calls `work` for each number below `count`, in up to `processes` children of this process, and
// `take` here with the answers, in no order; numbers without an answer come last. Throws
// std::runtime_error when there is no child. `seconds`: of processor time of a number; 0: no limit.
void in_pool(std::size_t count, unsigned processes, const PoolWork& work,
             const std::function<void(std::size_t, PoolAnswer)>& take, double seconds = 0);

// The same without the status.
void in_jobs(std::size_t count, unsigned jobs, const PoolWork& work,
             const std::function<void(std::size_t, std::optional<std::string>)>& take);

}  // namespace hobnail
