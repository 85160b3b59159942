// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Our core's walker of HOB lists, behind the oracle's interface.
#pragma once

#include "properties/oracle/dxe/hob_list_checks.h"

namespace pei {

// Goes from HOB to HOB with HobWalk; asks HobList::find for each as well.
[[nodiscard]] oracle::Walk builtin_walk(std::span<const std::uint8_t> bytes, std::size_t steps_max);

}  // namespace pei
