// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// FaultProof: a planted bug must be seen by its rule, whoever else may speak, and by nobody else
// when that rule is switched off. Then the rule is needed, and it is needed alone.
#pragma once

#include <string>

#include "properties/oracle/program/program.h"
#include "properties/oracle/rules/rules.h"
#include "properties/planted/faults.h"

namespace hobnail::oracle {

struct FaultProof {
  std::string all;       // the rule that speaks first, of all; empty: none
  std::string only;      // of its own rule alone
  std::string without;   // of all others
  std::string evidence;  // of the one that should not have spoken, or did not

  [[nodiscard]] bool good(const Fault& fault) const {
    return all == rule_name(fault.rule) && only == rule_name(fault.rule) && without.empty();
  }
};

// The boot that the fault is met in.
[[nodiscard]] Program boot_of(const Fault& fault);

// False when nobody in this build can see the fault.
[[nodiscard]] bool can_be_seen(const Fault& fault);

// Plays that boot three times on `inner`, broken.
[[nodiscard]] FaultProof try_fault(const Fault& fault, const hobnail_target& inner);

}  // namespace hobnail::oracle
