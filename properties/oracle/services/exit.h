// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// ExitBootServices: the operating system's loader takes the machine over from DXE.
#pragma once

#include <string_view>

#include "properties/oracle/boot/boot.h"

namespace hobnail::oracle {

// EBS-CONTENTS: a live block that is not what its owner wrote. `whose`: who has changed it.
[[nodiscard]] Verdict check_kept_contents(const Boot& boot, std::string_view whose);

[[nodiscard]] Verdict run_exit_boot_services(Boot& boot, const Op& op);

}  // namespace hobnail::oracle
