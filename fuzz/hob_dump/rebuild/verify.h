// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// verify_boot: plays a rebuilt boot on our core and compares what it leaves with the real list. The
// planner works on a simulation, which knows no shortage of memory and no re-use of freed pages;
// so the command promises nothing that was not played.
#pragma once

#include <optional>
#include <string>

#include "fuzz/hob_dump/rebuild/program.h"

namespace hobnail {

// Nothing when the program rebuilds `real`; else one line: which HOB and what became of it.
[[nodiscard]] std::optional<std::string> verify_boot(const RebuiltBoot& boot, const HobFile& real);

}  // namespace hobnail
