// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Lane: one region of memory on a scale that all steps share. Ranges differ by six orders of
// magnitude, so a cell is as wide as the logarithm of what it stands for, and never too narrow to
// be seen.
//
//   borders of all steps   |        |   |      |
//   cells                  | list / gap | p1 | p0 |
//                                 ^ the end of the list moves with every call: it has one place of
//                                   its own between two borders, wherever it is
//
// Invariant: an address that is a border in two steps is at the same place in both.
#pragma once

#include <cstddef>
#include <vector>

#include "fuzz/boot_view/storyboard.h"

namespace hobnail {

// Neighbouring cells of one piece; or one cell of several, where the scale has no room for them.
struct CellRun {
  std::size_t first = 0;  // cells [first, last)
  std::size_t last = 0;
  pei::oracle::Region where;
  std::vector<const Piece*> pieces;  // of the step; never empty
};

class Lane {
 public:
  // `cells_most`: beyond it the narrowest neighbours are made one cell; at least 2.
  Lane(const Storyboard& story, const StoryRegion& region, std::size_t cells_most);

  [[nodiscard]] const StoryRegion& region() const { return region_; }
  [[nodiscard]] std::vector<CellRun> runs(const Step& step) const;
  // Where each cell begins, and where the last one ends, on `total` units, `least` or more each.
  [[nodiscard]] std::vector<std::size_t> places(std::size_t total, std::size_t least) const;

 private:
  struct Interval {
    std::uint64_t from = 0;
    std::uint64_t to = 0;
    bool list_ends = false;  // in some step, inside: two cells

    [[nodiscard]] double weight() const;
  };

  void merge_to(std::size_t cells_most);
  [[nodiscard]] std::size_t cell_count() const;

  StoryRegion region_;
  std::vector<Interval> intervals_;
};

// Whether one of the ranges and the run share a byte.
[[nodiscard]] bool touches(const CellRun& run, const std::vector<pei::oracle::Region>& ranges);
[[nodiscard]] bool has_one_of(const CellRun& run, const std::vector<const Piece*>& pieces);

}  // namespace hobnail
