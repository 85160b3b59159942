// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// How a process ended: from its status, and from what it said on stderr (a sanitizer's report, the
// C library's complaint) to words and frames that are the same on every run and machine.
#pragma once

#include <string>
#include <string_view>

#include "fuzz/triage/trial/trial.h"

namespace hobnail {

// `status`: of waitpid. `said`: what stood on stdout and stderr.
[[nodiscard]] ProcessEnd read_death(int status, const std::string& said);

// Gives a trial that ended its process a finding, where the oracle had no time for one, and the
// kind of it. `what`: of which the limits are.
void name_end(Trial& trial, double seconds, std::uint64_t memory_mb,
              std::string_view what = "the boot");

// "SIGSEGV", or "signal 42".
[[nodiscard]] std::string signal_name(int number);

// True for a frame of the harness: what is below it called the target.
[[nodiscard]] bool calls_the_target(std::string_view line);

// A line of a sanitizer's stack as a frame: the function without its arguments, template
// parameters and return type, or "module+0x12" where there are no symbols. Empty: no frame, or one
// of the harness, the sanitizer or the C library.
[[nodiscard]] std::string frame_of(std::string_view line);

}  // namespace hobnail
