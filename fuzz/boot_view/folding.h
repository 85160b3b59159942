// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Folding: which ops of a long boot have a picture of their own, and which are a line in a group
// that a reader opens. A page of a thousand full pictures is too long to read.
#pragma once

#include <cstddef>
#include <vector>

#include "fuzz/boot_view/storyboard.h"

namespace hobnail {

// Ops before the finding that are always in full.
inline constexpr std::size_t kOpsBeforeFinding = 3;

// Steps [first, last): one step in full, or a group of folded ones.
struct Fold {
  std::size_t first = 0;
  std::size_t last = 0;
  bool folded = false;

  friend bool operator==(const Fold&, const Fold&) = default;
};

// All steps in order. Boots of few ops are not folded. Of long ones the reset, the end, the change
// of the stage, and the finding with the ops right before it are in full.
[[nodiscard]] std::vector<Fold> folds_of(const Storyboard& story);

}  // namespace hobnail
