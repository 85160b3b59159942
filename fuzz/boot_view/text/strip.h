// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A strip of memory in characters.
#pragma once

#include <string>
#include <vector>

#include "fuzz/boot_view/lane.h"
#include "fuzz/boot_view/text/text_style.h"

namespace hobnail {

// One region at one step: the strip, its addresses, and what is pointed at. Lines without indent.
struct Pointed {
  std::vector<const Piece*> fresh;
  std::vector<oracle::Region> accused;
};
[[nodiscard]] std::vector<std::string> strip_text(const Lane& lane, const Step& step,
                                                  const Pointed& pointed, const TextStyle& style);

// What the fills mean.
[[nodiscard]] std::string fills_text(const Storyboard& story, const TextStyle& style);

}  // namespace hobnail
