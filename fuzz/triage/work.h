// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Work: what a job of triage does with a file, be it a boot or a HOB list: run it some times, and
// minimize one.
//
// Invariant: each job has executors of its own, made when they are needed: the parent runs nothing.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "fuzz/triage/execution/execution_bytes.h"
#include "fuzz/triage/execution/executor.h"
#include "fuzz/triage/execution/test_case.h"
#include "fuzz/triage/triage.h"

namespace hobnail {

class Work {
 public:
  using Clock = std::chrono::steady_clock;

  struct Tries {
    unsigned count = 1;  // one at least
    bool trace = false;
    Clock::time_point end;            // none begins after it
    std::vector<std::uint8_t> bytes;  // that are run in place of the test's own
  };

  // `options` must live as long as this does; their time begins now.
  Work(const hobnail_target& target, const oracle::RunOptions& run, const TriageOptions& options);

  // Bytes of a JobReport; one that was not tried: the time is over.
  // `input`: of `test`.
  [[nodiscard]] std::string classify(const TestCase& test, const Input& input);
  // `first`: of classify(), with a finding.
  [[nodiscard]] std::string minimal(const JobReport& first);

 private:
  // The cause of a minimal program's finding.
  void add_cause(JobReport& report);
  [[nodiscard]] Executor& executor_of(const TestCase& test);
  // Null: not one of the options.
  [[nodiscard]] const ExternalTarget* external(const std::string& fuzzer) const;
  // The fuzz targets that may have left the input.
  [[nodiscard]] std::vector<const ExternalTarget*> origins(const Input& input) const;
  // Of a fuzz target that compares: a finding under one target is that of this process, if it shows
  // it by itself; then the bucket is that of services_fuzz.
  [[nodiscard]] JobReport run_compared(const ExternalTarget& target, const TestCase& test);
  // As it went in this process and then, where that shows nothing, on `target`.
  [[nodiscard]] JobReport run_as(const ExternalTarget& target, const TestCase& test,
                                 const Input& input);
  // Runs it on the external target, or in this process where that is null.
  [[nodiscard]] JobReport run_often(const TestCase& test, const ExternalTarget* target, bool trace);
  [[nodiscard]] JobReport run_often(const TestCase& test, const ExternalTarget* target,
                                    const Tries& tries);

  const hobnail_target& target_;
  const oracle::RunOptions& run_;
  const TriageOptions& options_;
  Clock::time_point classified_by_, minimized_by_;
  std::unique_ptr<Executor> boots_;
  std::unique_ptr<Executor> lists_;
};

// How much a minimizer has before it: nothing behind the finding counts.
[[nodiscard]] std::size_t work_on(const TestCase& test, const Execution& execution);

}  // namespace hobnail
