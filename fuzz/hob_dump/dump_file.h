// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Reading dumps for `hobnail hobs`. An error is one line for people.
#pragma once

#include <string>
#include <variant>

#include "fuzz/hob_dump/rebuild/program.h"

namespace hobnail {

// Longer than any HOB list that fits a PEI heap by far.
inline constexpr std::size_t kHobFileBytesMax = 16 * 0x100000;

// The file under the last part of its path as its name: bytes, a hex dump of them, or the last list
// that HobPrintLib printed to a debug log. Refused: other text, what cannot be read, what is empty,
// what is no file, what is longer than kHobFileBytesMax.
[[nodiscard]] std::variant<HobFile, std::string> read_hob_file(const std::string& path);

}  // namespace hobnail
