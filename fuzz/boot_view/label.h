// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Labels: the words in and beside the pictures, as long as there is room.
#pragma once

#include <cstddef>
#include <string>

#include "fuzz/boot_view/lane.h"

namespace hobnail {

// At most `room` characters: "p0 BootServicesData", "p0", or nothing.
[[nodiscard]] std::string run_label(const CellRun& run, std::size_t room);

// Everything that is known of it, for who asks: "p0: EfiBootServicesData [0x1000, 0x2000) 4 KiB".
[[nodiscard]] std::string run_story(const CellRun& run);

// One HOB in a word: PHIT, b0, freed, END.
[[nodiscard]] std::string hob_word(const HobLine& hob);

// The end of an address, as many digits as differ inside the region.
[[nodiscard]] std::string short_address(const pei::oracle::Region& region, std::uint64_t address);

// "0x10000000 to 0x10010000, 64 KiB"
[[nodiscard]] std::string region_text(const StoryRegion& region);

}  // namespace hobnail
