// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The checks of what lies in memory: content that no allocation covers, and runtime memory in many
// pieces. For check.cpp.
#pragma once

#include "fuzz/hob_dump/check_memory.h"
#include "properties/oracle/hob_list/hob_view.h"

namespace hobnail {

// Firmware volumes and capsules.
void check_content(const oracle::HobView& view, const Say& say);
void check_runtime(const oracle::HobView& view, const Say& say);

}  // namespace hobnail
