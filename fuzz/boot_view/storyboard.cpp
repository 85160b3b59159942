// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The names of kinds, which are a contract of the JSON.
#include "fuzz/boot_view/storyboard.h"

#include <array>
#include <string_view>

namespace hobnail {

std::string_view kind_name(PieceKind kind) {
  constexpr std::array<std::string_view, 16> kNames{"not PEI's", "unowned",
                                                    "HOB list",  "gap",
                                                    "pages",     "claimed by a HOB",
                                                    "freed",     "stack",
                                                    "SEC data",  "bin",
                                                    "gone",      "just given",
                                                    "clash",     "free memory",
                                                    "the OS's",  "the OS's, later"};
  return kNames[static_cast<std::size_t>(kind)];
}

}  // namespace hobnail
