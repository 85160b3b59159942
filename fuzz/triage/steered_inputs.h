// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Inputs of a run with known issues: its fuzz targets left calls out, which triage makes. The input
// that an engine has written is that of the whole program; here it becomes the program that ran.
//
// Invariant: a program that shows its finding as it stands is not changed.
#pragma once

#include <vector>

#include "fuzz/inputs/crash_inputs.h"
#include "fuzz/process/worker_process.h"
#include "properties/oracle/boot/run.h"
#include "properties/oracle/known/known_issues.h"

namespace hobnail {

// `known`: the issues that the fuzz targets knew.
void become_as_they_ran(std::vector<Input>& inputs, const hobnail_target& target,
                        const oracle::RunOptions& run, const Limits& limits,
                        const oracle::KnownIssues& known);

}  // namespace hobnail
