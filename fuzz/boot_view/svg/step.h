// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// One step as SVG elements of a fixed width, for the picture of the whole boot.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "fuzz/boot_view/svg/strip.h"

namespace hobnail {

// The lanes of a story.
[[nodiscard]] std::vector<Lane> lanes_for(const Storyboard& story);

// The lanes to draw at a step: what has gone is drawn once, where it goes.
[[nodiscard]] std::vector<const Lane*> lanes_at(const Storyboard& story,
                                                const std::vector<Lane>& lanes, std::size_t index);

// Of those, the ones that a step has changed, or all when it has changed none.
[[nodiscard]] std::vector<const Lane*> changed_lanes_at(const Storyboard& story,
                                                        const std::vector<Lane>& lanes,
                                                        std::size_t index);

// What a step points at.
[[nodiscard]] Pointed pointed_at(const Storyboard& story, std::size_t index);

// The strips of memory and the HOB list of a step.
[[nodiscard]] SvgPart svg_step(const Storyboard& story, const std::vector<Lane>& lanes,
                               std::size_t index, std::size_t width);

// The looks that occur, each with its name, and how the scale is to be read.
[[nodiscard]] SvgPart svg_legend(const Storyboard& story, std::size_t width);

// Boxes as wide as the scale makes pieces of these sizes, on 1000 units.
struct ScaleBox {
  std::string size;  // "64 KiB"
  std::size_t from = 0;
  std::size_t to = 0;
};
[[nodiscard]] std::vector<ScaleBox> scale_boxes();

inline constexpr std::string_view kScaleWords =
    "Logarithmic scale: a piece is as wide as the logarithm of its size, so widths do not add up; "
    "the sizes and the addresses do. All pictures of a region have one scale.";
inline constexpr std::string_view kSurvivesWords =
    "Warm colours with a bold hatch survive ExitBootServices (runtime services, ACPI NVS, "
    "reserved); cool colours go back to the operating system.";

}  // namespace hobnail
