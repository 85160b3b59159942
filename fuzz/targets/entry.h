// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What every fuzz target begins and ends with: the PEI core under test, options of the sanitizers,
// the counts of executions, and the one form in which a finding is reported.
//
// Invariant: nothing here depends on an engine; the process ends only by abort().
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "fuzz/targets/banner.h"
#include "properties/oracle/boot/run.h"
#include "properties/oracle/boot/target.h"
#include "properties/oracle/rules/standard.h"

namespace hobnail {

// The exit code of differential_fuzz without a second target to compare with; `hobnail fuzz` then
// leaves it out.
inline constexpr int kNothingToCompare = 3;

// HOBNAIL_TARGET or our core, chosen once: engines own the command line. One that cannot be loaded
// ends the process with code 2 and the reason on stderr.
[[nodiscard]] const hobnail_target& target_under_test();

// What the environment asks of a run, read once: HOBNAIL_BOARDS, HOBNAIL_RULES, HOBNAIL_KNOWN (a
// file of known issues), and HOBNAIL_STANDARD, else the default of that target. `built_in`: the
// default of the target that is linked in. A wrong name ends the process as above.
[[nodiscard]] const oracle::RunOptions& options_under_test(
    oracle::Standard built_in = oracle::Standard::Strict);

// To be called by LLVMFuzzerInitialize. `signals`: kSignals of fuzz/targets/banner.h.
void begin_fuzz_target(oracle::Signals signals);

// How far an input is taken: all the way, but for `hobnail bench`, which measures each stage
// (HOBNAIL_RUNG=empty|decode|model|all). Model: calls are made, answers checked and the allocation
// table kept; the invariants of each moment are not checked.
enum class BenchStage : std::uint8_t { Empty, Decode, Model, All };
[[nodiscard]] BenchStage stage_of_environment();

// The program of an input. Empty when it would take seconds, and be a timeout on a busy machine:
// thousands of HOBs are for `hobnail check`.
[[nodiscard]] std::optional<oracle::Program> program_of(std::span<const std::uint8_t> input);

// An input ran that made so many ops. Engines print their own counts of inputs; how many
// calls of services these were is for us to say, when the process ends: "stat::ops: N". Under
// HOBNAIL_COUNTERS both are also added up in that file (fuzz/targets/counters.h).
void count_ops(std::uint64_t ops);

// A finding of a boot, which `input` was decoded to (finding_sink.h); `left_out`: of its outcome. A
// known issue is counted, and a few inputs of it are kept, so that triage can look at the cause.
void report_finding_of(std::span<const std::uint8_t> input, const oracle::Program& program,
                       oracle::Finding finding, std::span<const std::size_t> left_out = {});

// The outcome of a boot that `input` was decoded to: its ops and known issues are counted, its
// finding is reported.
void take_outcome(std::span<const std::uint8_t> input, const oracle::Program& program,
                  const oracle::Outcome& outcome);

}  // namespace hobnail
