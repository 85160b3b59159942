// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Triage: from files to one record for each bug. Files may be boots and HOB lists, at once.
//
//   files --run each, some times--> findings --fine groups--> one representative each
//         --minimize--> minimal programs --> those that are alike, or share a bucket, are one
//         record
//
// A file runs in a child of this process. Where that shows nothing, it runs as the fuzz target that
// has reported it does (with a second ending, say), and as an input of the fuzz target itself.
// Bytes of unknown origin run on each fuzz target that there is.
//
// Invariants: no file is lost (record.h); the same files and target give the same records, in
// whatever order and in however many jobs.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "fuzz/inputs/crash_inputs.h"
#include "fuzz/process/worker_process.h"
#include "fuzz/targets/reader_under_test.h"
#include "fuzz/triage/external_executor.h"
#include "fuzz/triage/record/record.h"
#include "properties/oracle/boot/target.h"

namespace hobnail {

struct TriageOptions {
  Limits limits;
  unsigned jobs = 1;
  unsigned tries = 3;       // of each file
  bool minimize = true;     // else the representative as it was found
  std::size_t runs = 2000;  // of minimizing one
  // Who reads HOB lists; boots run on the target.
  oracle::ListReaders readers;  // without a consumer: those of the environment
  // Fuzz targets that inputs name, and tests at most of minimizing one input of theirs: each is a
  // process.
  std::vector<ExternalTarget> externals;
  std::size_t external_runs = 300;
  // Time limit of all; 0: none. Half of it is for finding out what each file shows. What is left
  // over is `not-classified`.
  double seconds = 0;
  // Progress: what is done, how much of how much.
  std::function<void(std::string_view what, std::size_t done, std::size_t all)> progress;
};

[[nodiscard]] TriageReport triage(const hobnail_target& target, const oracle::RunOptions& run,
                                  const std::vector<Input>& inputs, const TriageOptions& options);

}  // namespace hobnail
