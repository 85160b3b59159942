// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The executor of boots on a target that is loaded in this process.
#pragma once

#include <memory>

#include "fuzz/triage/boot/cause.h"
#include "fuzz/triage/boot/worker.h"
#include "fuzz/triage/execution/child_executor.h"
#include "properties/oracle/isolation/shared_object.h"

namespace hobnail {

class BootExecutor final : public ChildExecutor {
 public:
  BootExecutor(const hobnail_target& target, const oracle::RunOptions& run, const Limits& limits);

 private:
  BootExecutor(const hobnail_target& target, const oracle::RunOptions& run, const Limits& limits,
               oracle::SharedObject<SharedState> memory);
  void complete(std::span<const std::uint8_t> bytes, Execution& execution) const override;

  oracle::SharedObject<SharedState> memory_;
};

// Executors of the same target with some rules disabled (cause.h).
[[nodiscard]] ExecutorWithout executors_without(const hobnail_target& target,
                                                const oracle::RunOptions& run,
                                                const Limits& limits);

}  // namespace hobnail
