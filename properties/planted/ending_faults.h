// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Planted bugs that end the process, or never return.
#pragma once

#include <span>

#include "properties/planted/faults.h"

namespace hobnail::oracle {

[[nodiscard]] std::span<const Fault> ending_faults();

}  // namespace hobnail::oracle
