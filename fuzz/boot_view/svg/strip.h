// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A strip of memory as SVG. Places across are shares of the width, so that one strip fits a wide
// page and a telephone; words are there twice where the two need other ones: classes w and n.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "fuzz/boot_view/ticks.h"

namespace hobnail {

struct SvgPart {
  std::string elements;    // from (0, 0) downwards
  std::size_t height = 0;  // pixels
};

// Pixels for which labels are chosen.
struct Canvas {
  std::size_t width = 0;
  std::size_t narrow = 0;  // 0: there is no narrow version
};

// The units of a lane's scale in SVG; cells that are narrower than `least` could not be seen.
[[nodiscard]] Scale svg_scale();
[[nodiscard]] std::size_t svg_cells_most();

[[nodiscard]] SvgPart svg_strip(const Lane& lane, const Step& step, const Pointed& pointed,
                                const Canvas& canvas);

// The strip alone, without words, to be stretched: viewBox "0 0 1000 18".
[[nodiscard]] std::string svg_thin_strip(const Lane& lane, const Step& step,
                                         const Pointed& pointed);

// Whether the lane has anything to show at this step.
[[nodiscard]] bool shows_anything(const Lane& lane, const Step& step);

}  // namespace hobnail
