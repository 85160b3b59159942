// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// CopyMem, SetMem, and the writes of a PEIM itself. A PEIM touches only what it owns.
#pragma once

#include "properties/oracle/boot/boot.h"

namespace hobnail::oracle {

[[nodiscard]] Verdict run_copy_mem(Boot& boot, const Op& op);
[[nodiscard]] Verdict run_set_mem(Boot& boot, const Op& op);
[[nodiscard]] Verdict run_peim_write(Boot& boot, const Op& op);

}  // namespace hobnail::oracle
