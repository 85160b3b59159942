// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// FaultProof: the rule of a planted bug must report it while all rules are enabled, and no other
// rule may once it is disabled. This proves that the rule is needed, and sufficient.
#pragma once

#include <string>

#include "properties/oracle/program/program.h"
#include "properties/oracle/rules/rules.h"
#include "properties/planted/faults.h"

namespace hobnail::oracle {

struct FaultProof {
  std::string all;       // the rule that reports first, of all; empty: none
  std::string only;      // of its own rule alone
  std::string without;   // of all others
  std::string evidence;  // of the rule that wrongly reported, or did not

  [[nodiscard]] bool good(const Fault& fault) const {
    return all == rule_name(fault.rule) && only == rule_name(fault.rule) && without.empty();
  }
};

// The boot that the fault is met in.
[[nodiscard]] Program boot_of(const Fault& fault);

// False when nothing in this build can detect the fault.
[[nodiscard]] bool can_be_seen(const Fault& fault);

// Runs that boot three times on `inner`, broken.
[[nodiscard]] FaultProof try_fault(const Fault& fault, const hobnail_target& inner);

}  // namespace hobnail::oracle
