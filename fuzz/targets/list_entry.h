// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// How a finding about a HOB list is reported: the banner of fuzz/targets/banner.h with a list in
// place of the program. And the crash report of a reader that the processor or a sanitizer stops.
//
//   ASSERTION FAILED: FuzzerHash=DXE-MAP
//   entry 3 of the map at page 0x150000: the HOBs imply ...; DXE has ...
//   offset 0xe0 of 0x1a8 bytes:
//     000e0  02 00 30 00 ...
//   --- program
//   hobs v1
//   ...
//   --- end
#pragma once

#include <optional>
#include <string>

#include "properties/oracle/dxe/hob_list_checks.h"
#include "properties/oracle/hob_list_input/list_input.h"
#include "properties/oracle/isolation/crash_reporter.h"
#include "properties/oracle/rules/finding.h"
#include "properties/oracle/rules/verdict.h"

namespace hobnail {

[[nodiscard]] std::string list_banner(const oracle::HobListInput& list,
                                      const oracle::Finding& finding);

// Called in a process that is about to end, from a signal handler or from the sanitizer's.
using ListLastWords = void (*)(const oracle::HobListInput& list, const oracle::Finding& finding);
// The banner, on stderr.
void print_on_stderr(const oracle::HobListInput& list, const oracle::Finding& finding);

// From now on a reader that ends the process is reported, with the list that it was reading. Once.
void begin_list_target(oracle::Signals signals, ListLastWords report = print_on_stderr);

// Lets the readers read the list, where reading past it is seen. A difference under a disabled
// rule is none.
[[nodiscard]] std::optional<oracle::Finding> try_list(
    const oracle::HobListInput& list, const oracle::ListReaders& readers,
    const oracle::RuleSet& rules = oracle::kAllRules);

}  // namespace hobnail
