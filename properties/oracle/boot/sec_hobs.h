// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The HOBs that SEC has built on a board with EFI_SEC_HOB_DATA_PPI.
#pragma once

#include <cstdint>
#include <vector>

#include "properties/oracle/board/board_profile.h"

namespace hobnail::oracle {

// A list without a PHIT, its END HOB included, as 8-byte words: a CPU HOB, a GUID HOB, the resource
// descriptor of permanent memory, and a memory allocation HOB without a name. That one reserves the
// window of the cache that serves as temporary RAM: it begins with the last two pages of the heap,
// where AllocatePages takes its first ones, and reaches far beyond.
[[nodiscard]] std::vector<std::uint64_t> sec_hobs(const BoardProfile& profile, bool contract);

}  // namespace hobnail::oracle
