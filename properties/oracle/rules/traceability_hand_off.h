// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// I82 to I101: CopyMem and SetMem, bins, the hand-off, ExitBootServices, and what holds of all.
#pragma once

#include <span>

#include "properties/oracle/rules/traceability.h"

namespace hobnail::oracle {

namespace part {
[[nodiscard]] std::span<const Invariant> of_the_hand_off();
}  // namespace part

}  // namespace hobnail::oracle
