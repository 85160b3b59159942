// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What every fuzz target begins and ends with: the PEI core under test, options of the sanitizers,
// the count of what was played, and the one way in which a finding is told.
//
// Invariant: nothing here depends on an engine; the process ends only by abort().
#pragma once

#include <cstdint>
#include <variant>

#include "fuzz/targets/banner.h"
#include "properties/oracle/boot/target.h"

namespace hobnail {

// What was asked for, or the process ends with code 2 and the reason on stderr.
[[nodiscard]] const hobnail_target& required(
    const std::variant<const hobnail_target*, pei::oracle::TargetError>& loaded);

// HOBNAIL_TARGET or our core, chosen once: engines own the command line.
[[nodiscard]] const hobnail_target& target_under_test();

// To be called by LLVMFuzzerInitialize. `signals`: kSignals of fuzz/report.h.
void begin_fuzz_target(pei::oracle::Signals signals);

// How far an input is taken: all the way, but for `hobnail bench`, which measures each rung
// (HOBNAIL_RUNG=empty|decode|model|all). Model: calls are made, answers judged and the book kept;
// the truths of any moment are not looked into.
enum class Rung : std::uint8_t { Empty, Decode, Model, All };
[[nodiscard]] Rung rung_of_environment();

// An input was played that made so many ops. Engines print their own counts of inputs; how many
// calls of services these were is for us to say, when the process ends: "stat::ops: N". Under
// HOBNAIL_COUNTERS both are also added up in that file (fuzz_counters.h).
void count_ops(std::uint64_t ops);

// The banner on stderr, and abort().
[[noreturn]] void tell_and_abort(const pei::oracle::Program& program,
                                 const pei::oracle::Finding& finding);

}  // namespace hobnail
