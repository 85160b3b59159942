// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// ChildExecutor: runs tests in a child, which lives until a test ends it; then there is a new one.
#pragma once

#include <string>

#include "fuzz/process/worker_process.h"
#include "fuzz/triage/execution/executor.h"

namespace hobnail {

class ChildExecutor : public Executor {
 public:
  [[nodiscard]] Execution run(std::span<const std::uint8_t> bytes, bool trace) final;
  [[nodiscard]] const SharedState* shared() const final { return shared_; }
  void start_afresh() final { process_.stop(); }

 protected:
  // `what`: of which the limits are. `shared`: memory of the child too, or null.
  ChildExecutor(WorkerProcess::Work work, const Limits& limits, std::string what,
                SharedState* shared = nullptr);

  // Completes an execution with a finding.
  virtual void complete(std::span<const std::uint8_t> bytes, Execution& execution) const = 0;

 private:
  WorkerProcess process_;
  std::string what_;
  SharedState* shared_;
};

}  // namespace hobnail
