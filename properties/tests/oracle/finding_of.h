// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The finding of an outcome, as texts that a test compares.
#pragma once

#include <string>

#include "properties/oracle/lockstep/lockstep.h"

namespace hobnail::oracle {

// Empty without a finding.
inline std::string rule_of(const Outcome& outcome) {
  return outcome.finding ? std::string(outcome.finding->rule) : std::string();
}
inline std::string evidence_of(const Outcome& outcome) {
  return outcome.finding ? outcome.finding->evidence : "no finding";
}

}  // namespace hobnail::oracle
