// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// ExitBootServices: the operating system's loader takes the machine over from DXE.
#pragma once

#include "properties/oracle/boot/boot.h"

namespace hobnail::oracle {

[[nodiscard]] Verdict run_exit_boot_services(Boot& boot, const Op& op);

}  // namespace hobnail::oracle
