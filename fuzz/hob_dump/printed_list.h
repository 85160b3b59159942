// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// HOB lists that EDK II's HobPrintLib (MdeModulePkg) prints to the debug log, as bytes again:
//
//   Print all Hob information from Hob 0x7EF5A000
//   HOB[0]: Type = EFI_HOB_TYPE_HANDOFF, Offset = 0x0, Length = 0x38
//      BootMode            = 0x0
//      EfiMemoryTop        = 0x7F000000
//   HOB[1]: Type = EFI_HOB_TYPE_GUID_EXTENSION, Offset = 0x38, Length = 0x20
//      Name       = 4C19049F-4137-4DD3-9C10-8B97A83FFDFA
//      DataLength = 0x8
//      0x0000: 00 00 00 00 10 00 00 00                 at DEBUG_VERBOSE only
//   There are totally 2 Hobs, the End Hob address is 7EF5A058
//
// Invariant: a HOB has the type and the length of its line; what the log does not hold of it is 0.
// What stands before the words of a line, a time say, is not read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace hobnail {

struct PrintedList {
  std::vector<std::uint8_t> bytes;  // without an END HOB when the log ends before the list
  std::size_t lists = 0;            // in the log; this is the last
  std::size_t without_data = 0;     // GUID HOBs and pools whose data the log does not hold
};

// True when the text has a line "HOB[n]: Type = ".
[[nodiscard]] bool has_printed_list(std::string_view text);
[[nodiscard]] PrintedList printed_list(std::string_view text);

}  // namespace hobnail
