// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Hex dumps as people have them: of xxd, hexdump -C, od, U-Boot's md, the UEFI shell, or hex digits
// alone.
//
//   00000000: 0100 3800 0000 0000  ..8.....       offset, digits in groups, characters
//   00000000  01 00 38 00 00 00 00 00  |..8.....|
//   80000000: 00380001 00000000    ..8.....         words of 32 bits
//   0100380000000000
//
// Invariant: all lines are read, or none: what is not understood is named with its line.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace hobnail {

struct HexDump {
  std::vector<std::uint8_t> bytes;
  std::uint64_t base = 0;  // the offset or address of the first line
};

struct HexDumpError {
  std::size_t line = 0;  // from 1
  std::string message;
};

// True when the first lines look like those of a dump.
[[nodiscard]] bool looks_like_hex_dump(std::string_view text);
[[nodiscard]] std::variant<HexDump, HexDumpError> parse_hex_dump(std::string_view text);

}  // namespace hobnail
