// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// One step as SVG elements, for the picture of the whole boot and for the pages.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "fuzz/boot_view/lane.h"

namespace hobnail {

struct SvgPart {
  std::string elements;    // from (0, 0) downwards
  std::size_t height = 0;  // pixels
};

// The lanes of a story on a picture so wide, in pixels.
[[nodiscard]] std::vector<Lane> lanes_for(const Storyboard& story, std::size_t width);

// The strips of memory and the HOB list of a step.
[[nodiscard]] SvgPart svg_step(const Storyboard& story, const std::vector<Lane>& lanes,
                               std::size_t index, std::size_t width);

// The kinds that occur, each with its colour.
[[nodiscard]] SvgPart svg_legend(const Storyboard& story, std::size_t width);

}  // namespace hobnail
