// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Groups of equal size, so that an opened one is a few screens at most.
#include "fuzz/boot_view/folding.h"

#include <algorithm>

namespace hobnail {
namespace {

constexpr std::size_t kFullMost = 26;   // steps of a boot that is not folded
constexpr std::size_t kGroupMost = 40;  // ops of a group
constexpr std::size_t kGroupLeast = 3;  // fewer are not worth a click

bool is_full(const Storyboard& story, std::size_t index) {
  const std::size_t found = story.finding_step;
  if (index == 0 || index + 1 == story.steps.size()) return true;
  if (index <= found && found - index <= kOpsBeforeFinding) return true;
  return story.steps[index].stage != story.steps[index - 1].stage;
}

void add_group(std::size_t first, std::size_t last, std::vector<Fold>& folds) {
  if (last - first < kGroupLeast) {
    for (; first < last; ++first) folds.push_back({first, first + 1, false});
    return;
  }
  const std::size_t groups = (last - first + kGroupMost - 1) / kGroupMost;
  for (std::size_t i = 0; i < groups; ++i) {
    const std::size_t from = first + (last - first) * i / groups;
    const std::size_t to = first + (last - first) * (i + 1) / groups;
    folds.push_back({from, to, true});
  }
}

}  // namespace

std::vector<Fold> folds_of(const Storyboard& story) {
  std::vector<Fold> folds;
  const bool all = story.steps.size() <= kFullMost;
  std::size_t folded_from = 0;
  for (std::size_t i = 0; i < story.steps.size(); ++i) {
    if (!all && !is_full(story, i)) continue;
    add_group(folded_from, i, folds);
    folds.push_back({i, i + 1, false});
    folded_from = i + 1;
  }
  return folds;
}

}  // namespace hobnail
