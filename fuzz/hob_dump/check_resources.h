// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The checks of resource descriptors, each for itself and every pair of them. For check.cpp.
#pragma once

#include "fuzz/hob_dump/check_memory.h"
#include "properties/oracle/hob_list/hob_view.h"

namespace hobnail {

void check_resources(const oracle::HobView& view, const Say& say);

}  // namespace hobnail
