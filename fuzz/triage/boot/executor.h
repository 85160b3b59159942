// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The executor of boots on a target that is loaded in this process.
#pragma once

#include <memory>

#include "fuzz/triage/boot/cause.h"
#include "fuzz/triage/boot/worker.h"
#include "fuzz/triage/execution/child_executor.h"

namespace hobnail {

class BootExecutor final : public ChildExecutor {
 public:
  BootExecutor(const hobnail_target& target, const oracle::RunOptions& run, const Limits& limits);

 private:
  using SharedMemory = std::unique_ptr<SharedState, void (*)(SharedState*)>;

  BootExecutor(const hobnail_target& target, const oracle::RunOptions& run, const Limits& limits,
               SharedMemory memory);
  void complete(std::span<const std::uint8_t> bytes, Execution& execution) const override;

  SharedMemory memory_;
};

// Executors of the same target with some rules disabled (cause.h).
[[nodiscard]] ExecutorWithout executors_without(const hobnail_target& target,
                                                const oracle::RunOptions& run,
                                                const Limits& limits);

}  // namespace hobnail
