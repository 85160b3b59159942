// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Dumps as values: HOBs that can be named are, and what their fields do not cover is patched.
#pragma once

#include <cstdint>
#include <span>

#include "properties/oracle/hob_list_input/list_input.h"

namespace hobnail::oracle {

// A list whose bytes are these, at most kListBytesMax of them, with as few patches as its HOBs
// need; these may be more than kListPatchesMax.
[[nodiscard]] HobListInput list_of_dump(std::span<const std::uint8_t> bytes);

}  // namespace hobnail::oracle
