// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// AllocatePool and CreateHob: what grows the HOB list from below.
#pragma once

#include "properties/oracle/boot/boot.h"

namespace hobnail::oracle {

[[nodiscard]] Verdict run_allocate_pool(Boot& boot, const Op& op);
[[nodiscard]] Verdict run_create_hob(Boot& boot, const Op& op);

}  // namespace hobnail::oracle
