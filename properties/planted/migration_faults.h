// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Planted bugs of the migration and of the hand-off.
#pragma once

#include <span>

#include "properties/planted/faults.h"

namespace hobnail::oracle {

[[nodiscard]] std::span<const Fault> migration_faults();

}  // namespace hobnail::oracle
