// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Evidence is text for people; the addresses in it say which memory a finding is about.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "fuzz/boot_view/storyboard.h"

namespace hobnail {

// The ranges "[0x1000, 0x2000)" and "0x1000+0x1000", and the single addresses, of `evidence` that
// lie in one of the regions, in the order of the text, each once. A single address has size 1.
[[nodiscard]] std::vector<pei::oracle::Region> memory_named_in(
    std::string_view evidence, std::span<const StoryRegion> regions);

}  // namespace hobnail
