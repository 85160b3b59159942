// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// An executor runs one test after the other and reports how each went. A test is bytes: those of a
// boot or of a HOB list. What a test does to the process that it runs in is an answer like any
// other.
//
//   ChildExecutor     in a child of this process: BootExecutor, ListExecutor
//
// Invariant: run() always returns, within some seconds more than a test may take.
#pragma once

#include <cstdint>
#include <span>

#include "fuzz/triage/execution/execution.h"
#include "fuzz/triage/execution/test_case.h"

namespace hobnail {

class Executor {
 public:
  Executor() = default;
  virtual ~Executor() = default;
  Executor(const Executor&) = delete;
  Executor& operator=(const Executor&) = delete;

  // Throws std::runtime_error when no process can be had.
  [[nodiscard]] virtual Execution run(std::span<const std::uint8_t> bytes, bool trace) = 0;

  // What the relations of the last program came to; null where it is unknown.
  [[nodiscard]] virtual const SharedState* shared() const { return nullptr; }

  // The next test runs in a new process.
  virtual void start_afresh() {}

  std::uint64_t executions = 0;
  std::uint64_t ops = 0;  // calls that reached the target
};

// `test`: a program or a HOB list. Programs of more than kOpsMax ops lose what is beyond.
template <typename Test>
[[nodiscard]] Execution run(Executor& executor, const Test& test, bool trace = false) {
  return executor.run(encode(test), trace);
}

}  // namespace hobnail
