// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Labels: the words in and beside the pictures, as long as there is room.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/boot_view/lane.h"

namespace hobnail {

// At most `room` characters: "p0 BootServicesData", "p0", or nothing.
[[nodiscard]] std::string run_label(const CellRun& run, std::size_t room);

// Everything that is known of it, for who asks: "p0: EfiBootServicesData [0x1000, 0x2000) 4 KiB".
[[nodiscard]] std::string run_story(const CellRun& run);

// One HOB in a word: PHIT, b0, freed, END.
[[nodiscard]] std::string hob_word(const HobLine& hob);

// "0x10006000"
[[nodiscard]] std::string long_address(std::uint64_t address);

// The end of an address, as many digits as differ inside the region, after two dots: "..6000".
[[nodiscard]] std::string short_address(const oracle::Region& region, std::uint64_t address);

// A line of a program with its hexadecimal operands cut: "AllocatePool 32 hex b05a8200..".
[[nodiscard]] std::string short_operands(std::string_view line);

// An op's outcome for one line: " -> 0x10006000", " = EFI_NOT_FOUND", nothing for a bare success.
[[nodiscard]] std::string short_outcome(std::string_view outcome);

// "0x10000000 to 0x10010000, 64 KiB"
[[nodiscard]] std::string region_text(const StoryRegion& region);

}  // namespace hobnail
