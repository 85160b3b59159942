// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Changes: what is another than in the step before, so that it can be pointed at.
#pragma once

#include <vector>

#include "fuzz/boot_view/storyboard.h"

namespace hobnail {

// Whether anything that is drawn has changed, or a finding was reported. `before` may be nullptr:
// then everything is new.
[[nodiscard]] bool has_changed(const Step& step, const Step* before);

// The pieces to point at: who has what he had not. Of the gap only when nothing else is new.
[[nodiscard]] std::vector<const Piece*> new_pieces(const Step& step, const Step* before);

// A flag for each HOB of the step. PHIT and END move all the time, and are never pointed at.
[[nodiscard]] std::vector<bool> new_hobs(const Step& step, const Step* before);

// The step before, or nullptr.
[[nodiscard]] inline const Step* before_of(const Storyboard& story, std::size_t index) {
  return index == 0 ? nullptr : &story.steps[index - 1];
}

}  // namespace hobnail
