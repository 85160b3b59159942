// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The report of a job about a file, or about a representative, as bytes for a pipe between
// processes of the same program.
#pragma once

#include <optional>
#include <string>

#include "fuzz/triage/execution/execution.h"
#include "fuzz/triage/execution/test_case.h"

namespace hobnail {

struct JobReport {
  Execution execution;  // of `test`
  TestCase test;
  std::string fuzzer;  // the external target that ran it; empty: this process
  std::string group;   // of most of the findings; empty: there were none
  unsigned tried = 0;
  unsigned reproduced = 0;
  std::string cause;       // bytes of a Cause (boot/cause.h); empty: of another kind
  std::uint64_t runs = 0;  // of minimizing
  std::uint64_t executions = 0;
  std::uint64_t ops = 0;
};

[[nodiscard]] std::string to_bytes(const JobReport& report);
// Empty when the bytes are none of a report's.
[[nodiscard]] std::optional<JobReport> job_report_of(const std::string& bytes);

}  // namespace hobnail
