// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// I56 to I81: AllocatePool, GetHobList, the boot mode, InstallPeiMemory and the migration.
#pragma once

#include <span>

#include "properties/oracle/rules/traceability.h"

namespace hobnail::oracle {

namespace part {
[[nodiscard]] std::span<const Invariant> of_the_migration();
}  // namespace part

}  // namespace hobnail::oracle
