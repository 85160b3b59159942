// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Whose memory a target touched, and which rule that breaks.
#pragma once

#include <cstdint>
#include <string>

#include "properties/oracle/boot/boot.h"
#include "properties/oracle/rules/finding.h"

namespace hobnail::oracle {

// An access of `boot`'s target to an address that is not its own.
[[nodiscard]] Finding attribute_access(const Boot& boot, std::uint64_t address, bool write);

// A finding of `boot` at the op that runs.
[[nodiscard]] Finding finding_now(const Boot& boot, RuleId rule, std::string evidence);

}  // namespace hobnail::oracle
