// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// ReturnToDispatcher: nothing happens, unless memory was installed; then everything moves.
#pragma once

#include "properties/oracle/boot/boot.h"

namespace hobnail::oracle {

[[nodiscard]] Verdict run_return_to_dispatcher(Boot& boot, const Op& op);

}  // namespace hobnail::oracle
