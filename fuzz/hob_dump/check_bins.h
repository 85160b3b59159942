// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The checks of bins: the MemoryTypeInformation table, and the resource that is their home. For
// check.cpp.
#pragma once

#include <cstdint>

#include "fuzz/hob_dump/check_memory.h"
#include "properties/oracle/hob_list/hob_view.h"

namespace hobnail {

// `list`: where the PHIT stood.
void check_bins(const oracle::HobView& view, std::uint64_t list, const Say& say);

}  // namespace hobnail
