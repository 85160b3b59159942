// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A trial: one boot in a child, or the reading of one HOB list, and all that is known of how it
// went.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "fuzz/triage/record/record.h"
#include "fuzz/triage/trial/op_context.h"
#include "properties/oracle/lockstep/lockstep.h"

namespace hobnail {

// What can be played.
using TestCase = std::variant<pei::oracle::Program, pei::oracle::HostileList>;

// How a child ended, if it did.
struct ProcessEnd {
  std::string how;                  // "use-after-poison", "SIGSEGV", "exit code 3"; empty: it lives
  bool sanitizer = false;           // a sanitizer ended it
  std::vector<std::string> frames;  // of the target, innermost first: "module+0x12" or a function
  std::vector<SourceLine> sources;  // of `frames`, when they are functions
  std::string report;               // what was said on stderr at the end
};

struct Trial {
  pei::oracle::Outcome outcome;
  Scene scene;
  FindingKind kind = FindingKind::Rule;  // of the finding, if there is one
  ProcessEnd death;

  [[nodiscard]] bool found() const { return outcome.finding.has_value(); }
};

}  // namespace hobnail
