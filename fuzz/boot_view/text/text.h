// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The boot as text: a picture for each op that changed something, a line for each other one, and
// the HOB list at the end.
//
//   temporary RAM  0x10000000 to 0x10010000, 64 KiB
//   |HOB list==|....gap, 12 KiB....|p1   |p0   |freed|p0   |####stack####|
//   0000       0130                4000  5000  6000  7000  8000
//                                  ^^^^^ new
#pragma once

#include <string>

#include "fuzz/boot_view/storyboard.h"
#include "fuzz/boot_view/text/text_style.h"

namespace hobnail {

[[nodiscard]] std::string boot_text(const Storyboard& story, const TextStyle& style);

}  // namespace hobnail
