// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// ExternalExecutor: runs tests as inputs of a fuzz target, a process for each. The banner of the
// fuzz target and the report of a sanitizer become an execution like any other.
//
// Invariant: an execution has neither a trace nor conditions: the process has reported none.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "fuzz/process/child_process.h"
#include "fuzz/process/worker_process.h"
#include "fuzz/triage/execution/executor.h"

namespace hobnail {

// A fuzz target as a program: differential_fuzz, or one of another build or engine.
struct ExternalTarget {
  std::string name;                  // services_fuzz
  std::vector<std::string> command;  // with the path of an input behind it
  Environment environment;
  std::string replay;       // runs the text of an input: "hobnail compare", a path behind it
  bool lists = false;       // its inputs are HOB lists
  bool only_there = false;  // executors of this process do not see what it sees
  bool compares = false;    // it runs each boot on two targets, that of this process first
  bool completes = false;   // it adds an ending to each boot, or two (complete_boot.h)
};

class ExternalExecutor final : public Executor {
 public:
  // `target` must live as long as this does. The limit of memory is the fuzz target's own.
  ExternalExecutor(const ExternalTarget& target, const Limits& limits);

  [[nodiscard]] Execution run(std::span<const std::uint8_t> bytes, bool trace) override;

 private:
  const ExternalTarget& target_;
  Limits limits_;
};

// From the output and the exit code of a fuzz target that ran a test of `ops` ops.
[[nodiscard]] Execution read_run(const Run& run, std::size_t ops, const Limits& limits);

}  // namespace hobnail
