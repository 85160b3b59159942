// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// FileKind: what a file is, by its bytes, so that no reader takes one kind for another.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace hobnail {

enum class FileKind : std::uint8_t {
  Boot,   // a program as text: its first line begins with `boot`
  Hobs,   // a HOB list as text: `hobs v1`
  Dump,   // a HOB list as it lay in memory: it begins with a PHIT
  Text,   // any other text
  Bytes,  // whatever else: a fuzzer's, say
};

// Short text may be a fuzzer's bytes, unless no fuzzer's are expected (`any_text`).
[[nodiscard]] FileKind kind_of_bytes(std::string_view bytes, bool any_text = false);

// Why these bytes are text that no parser reads as it stands; empty when they are not: a byte-order
// mark, UTF-16, or a first line that is almost `boot v1` or `hobs v1`.
[[nodiscard]] std::string_view why_misspelt(std::string_view bytes);

// "a boot program", "a HOB list (text)", "a dump of a HOB list", "text", "bytes".
[[nodiscard]] std::string_view kind_text(FileKind kind);

// "is KIND, not WANTED; ADVICE": without the path.
[[nodiscard]] std::string wrong_kind(FileKind kind, std::string_view wanted);

}  // namespace hobnail
