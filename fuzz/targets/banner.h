// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The report of a finding. The banner line is a contract: triage tools (ClusterFuzz among them)
// take the bug's identity from it.
//
//   ASSERTION FAILED: FuzzerHash=FREED-MARKED
//   op 7: FreePages p0+1 1 (contract)
//   freed [...] is still described by ...
//   --- program
//   boot v1
//   ...
//   --- end
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "properties/oracle/isolation/crash_reporter.h"
#include "properties/oracle/program/program.h"
#include "properties/oracle/rules/finding.h"

namespace hobnail {

[[nodiscard]] std::string banner(const oracle::Program& program, const oracle::Finding& finding);

// "contract" or "hostile": whether it takes a call that PI forbids to see it.
[[nodiscard]] std::string_view class_of(const oracle::Finding& finding);

// The program between its two marker lines, as the banner has it.
[[nodiscard]] std::string program_text(const oracle::Program& program);

// The rule of a line that begins a banner; empty for any other line.
[[nodiscard]] std::string_view rule_of_banner(std::string_view line);

// What a banner reports; its program is the input's.
struct BannerReport {
  std::string rule;
  std::optional<std::size_t> op;  // empty: the end checks, or a HOB list
  oracle::CallClass calls = oracle::CallClass::Contract;
  std::string evidence;
};
// The first banner in the output of a fuzz target: a second one would be its consequence.
[[nodiscard]] std::optional<BannerReport> read_banner(std::string_view output);

// The target ends the process: for install_crash_reporter(). The banner on stderr goes before what
// an engine says.
void print_last_words(const oracle::Program& program, const oracle::Finding& finding, bool muted);

// Whose signals are, in the fuzz target that includes this: engines have handlers of their own.
#if defined(HOBNAIL_OWN_MAIN)
inline constexpr auto kSignals = oracle::Signals::Ours;
#else
inline constexpr auto kSignals = oracle::Signals::Engines;
#endif

// The op that showed it, as text: "op 7: FreePages p0+1 1", or "end checks".
[[nodiscard]] std::string where_found(const oracle::Program& program,
                                      const oracle::Finding& finding);

}  // namespace hobnail
