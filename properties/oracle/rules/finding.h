// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Finding: a rule violation. It is returned, never thrown
// and never aborted on: the drivers decide what to do with it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace hobnail::oracle {

// What the harness asked for until then: only what PI lets a PEIM ask, or more.
enum class CallClass : std::uint8_t { Contract, Hostile };

struct Finding {
  std::string_view rule;  // stable id of a row of rules(), e.g. "HOB-CHAIN"
  std::size_t op = 0;     // index of the op that showed it; ops.size() for the end checks
  std::string evidence;   // one or more lines for people: what was expected, what was seen
  // Hostile: no boot without a call that PI forbids has shown it.
  CallClass calls = CallClass::Contract;
  // Number of the known issue that it shows (RunOptions::known), from 1; 0: none.
  std::size_t known = 0;
};

}  // namespace hobnail::oracle
