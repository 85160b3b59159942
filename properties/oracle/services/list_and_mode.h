// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// GetHobList, GetBootMode, SetBootMode: services that read and write the PHIT.
#pragma once

#include "properties/oracle/boot/boot.h"

namespace hobnail::oracle {

[[nodiscard]] Verdict run_get_hob_list(Boot& boot, const Op& op);
[[nodiscard]] Verdict run_get_boot_mode(Boot& boot, const Op& op);
[[nodiscard]] Verdict run_set_boot_mode(Boot& boot, const Op& op);

}  // namespace hobnail::oracle
