// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Fixture of the tests of the oracle: the targets that they run, and programs for them.
#pragma once

#include <string>

#include "properties/oracle/lockstep/lockstep.h"

namespace hobnail::oracle {

// Variant of edk2_like, which reads the environment when it is loaded and at each boot.
struct Variant {
  bool fixed = true;
  const char* policy = "edk2";
  bool granules_of_64k = false;
};

// A failure of the test ends the process: there is nothing to test without the target.
[[nodiscard]] const hobnail_target& edk2_like(const Variant& variant);
[[nodiscard]] const hobnail_target& our_core();

// The finding in one line.
[[nodiscard]] std::string finding_text(const Outcome& outcome);

// A text that is no program is a failure of the test.
[[nodiscard]] Program parsed(const std::string& text);

}  // namespace hobnail::oracle
