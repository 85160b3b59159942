// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// AllocatePages: what it may answer, and what must be true of the pages.
#pragma once

#include "properties/oracle/boot/boot.h"

namespace hobnail::oracle {

[[nodiscard]] Verdict run_allocate_pages(Boot& boot, const Op& op);

}  // namespace hobnail::oracle
