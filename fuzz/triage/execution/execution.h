// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// An execution: one boot, or the reading of one HOB list, and all that is known of how it went.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "fuzz/triage/execution/op_context.h"
#include "fuzz/triage/record/record.h"
#include "properties/oracle/lockstep/lockstep.h"

namespace hobnail {

// What can be run.
using TestCase = std::variant<oracle::Program, oracle::HobListInput>;

// The bytes that executors run.
[[nodiscard]] std::vector<std::uint8_t> encode(const oracle::Program& program);
[[nodiscard]] std::vector<std::uint8_t> encode(const oracle::HobListInput& list);

// Ops; HOBs and patches.
[[nodiscard]] std::size_t size_of(const oracle::Program& program);
[[nodiscard]] std::size_t size_of(const oracle::HobListInput& list);

// How a child ended, if it did.
struct ProcessEnd {
  std::string how;                  // "use-after-poison", "SIGSEGV", "exit code 3"; empty: it lives
  bool sanitizer = false;           // a sanitizer ended it
  std::vector<std::string> frames;  // of the target, innermost first: "module+0x12" or a function
  std::vector<SourceLine> sources;  // of `frames`, when they are functions
  std::string report;               // what was said on stderr at the end
};

struct Execution {
  oracle::Outcome outcome;
  OpContext context;
  FindingKind kind = FindingKind::Rule;  // of the finding, if there is one
  ProcessEnd death;

  [[nodiscard]] bool found() const { return outcome.finding.has_value(); }
};

}  // namespace hobnail
