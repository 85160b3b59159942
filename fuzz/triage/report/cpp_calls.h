// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The ops of a record as calls of the test's bench. Places that have a name in the program have it
// in the test; what is left, a measure or page[n], is the number that it came to when the program
// was played.
#pragma once

#include <string>
#include <vector>

#include "fuzz/triage/record/record.h"

namespace hobnail {

struct CppCalls {
  std::vector<std::string> lines;
  std::string missing;  // the first op that cannot be a call, and why; empty: none
};

[[nodiscard]] CppCalls cpp_calls(const TriageRecord& record);

// The text as a string literal of C++, quotes included.
[[nodiscard]] std::string cpp_string(std::string_view text);

}  // namespace hobnail
