// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Told findings: what a fuzz target said of an input that triage cannot play itself, because the
// target judges otherwise, has other inputs, or is another build. A record is made of its words.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "fuzz/triage/record/record.h"

namespace hobnail {

struct ToldFinding {
  std::string rule;               // or the kind of a report: "use-after-poison"
  std::string bucket;             // the rule, or kind:function
  std::string calls;              // "contract" or "hostile"; empty when nobody knows
  std::optional<std::size_t> op;  // that showed it
  std::string program;            // text; empty when there is none
  std::string evidence;
  std::string fuzzer;               // services_fuzz
  std::string file;                 // that stands for it
  std::string reproduce;            // a command line
  std::vector<std::string> inputs;  // that ended so; it may have been more
};

// `reproduce` is the record's, and no other form of the program is wanted of it.
[[nodiscard]] TriageRecord record_of_told(const ToldFinding& told, const std::string& target);

}  // namespace hobnail
