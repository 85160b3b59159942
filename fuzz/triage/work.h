// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Work: what a job of triage does with a file, be it a boot or a HOB list: run it some times, and
// minimize one.
//
// Invariant: each job has executors of its own, made when they are needed: the parent runs nothing.
#pragma once

#include <memory>
#include <string>

#include "fuzz/triage/execution/execution_bytes.h"
#include "fuzz/triage/execution/executor.h"
#include "fuzz/triage/execution/test_case.h"
#include "fuzz/triage/triage.h"

namespace hobnail {

class Work {
 public:
  // `options` must live as long as this does.
  Work(const hobnail_target& target, const oracle::RunOptions& run, const TriageOptions& options);

  // Bytes of a JobReport.
  // `fuzzer`: the fuzz target that has reported it, or empty.
  [[nodiscard]] std::string classify(const TestCase& test, const std::string& fuzzer);
  // `first`: of classify(), with a finding.
  [[nodiscard]] std::string minimal(const JobReport& first);

 private:
  // The cause of a minimal program's finding.
  void add_cause(JobReport& report);
  [[nodiscard]] Executor& executor_of(const TestCase& test);
  // Null: not one of the options.
  [[nodiscard]] const ExternalTarget* external(const std::string& fuzzer) const;
  // Runs it on the external target, or in this process where that is null.
  [[nodiscard]] JobReport run_often(const TestCase& test, const ExternalTarget* target, bool trace);

  const hobnail_target& target_;
  const oracle::RunOptions& run_;
  const TriageOptions& options_;
  std::unique_ptr<Executor> boots_;
  std::unique_ptr<Executor> lists_;
};

// How much a minimizer has before it: nothing behind the finding counts.
[[nodiscard]] std::size_t work_on(const TestCase& test, const Execution& execution);

}  // namespace hobnail
