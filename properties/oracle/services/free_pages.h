// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// FreePages: what may be freed, what it may answer, and where the pages are then.
#pragma once

#include "properties/oracle/boot/boot.h"

namespace hobnail::oracle {

[[nodiscard]] Verdict run_free_pages(Boot& boot, const Op& op);

}  // namespace hobnail::oracle
