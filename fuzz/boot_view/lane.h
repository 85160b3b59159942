// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Lane: one region of memory on a scale that all steps share. Ranges differ by six orders of
// magnitude, so a cell is as wide as the logarithm of what it stands for, and never too narrow to
// be seen.
//
//   borders of all steps   |            |   |      |
//   cells                  | list / gap | p1 | p0 |
//                                 ^ the end of the list moves with every call: between the two
//                                   borders it is where the logarithm of the list's size puts it
//
// Invariant: an address that is a border in two steps is at the same place in both, but for the end
// of the HOB list, which moves to the right as the list grows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "fuzz/boot_view/storyboard.h"

namespace hobnail {

// Neighbouring cells of one piece; or one cell of several, where the scale has no room for them.
struct CellRun {
  std::size_t from = 0;  // [from, to) in units of the scale
  std::size_t to = 0;
  oracle::Region where;
  std::vector<const Piece*> pieces;  // of the step; never empty

  [[nodiscard]] std::size_t width() const { return to - from; }
};

// Pixels or columns: of a whole lane, and of its narrowest cell.
struct Scale {
  std::size_t total = 0;
  std::size_t least = 0;
};

// The weight of so many bytes: cells of one lane are as wide as their weights.
[[nodiscard]] double scale_weight(std::uint64_t bytes);

class Lane {
 public:
  // `cells_most`: beyond it the narrowest neighbours are made one cell; at least 2.
  Lane(const Storyboard& story, const StoryRegion& region, std::size_t cells_most);

  [[nodiscard]] const StoryRegion& region() const { return region_; }
  [[nodiscard]] std::vector<CellRun> runs(const Step& step, Scale scale) const;

 private:
  struct Interval {
    std::uint64_t from = 0;
    std::uint64_t to = 0;
    std::uint64_t list_end = 0;  // the highest that lies inside; 0: none, else there are two cells
  };

  [[nodiscard]] static double weight(const Interval& interval);
  void note_list_ends(const Storyboard& story);
  void merge_to(std::size_t cells_most);
  // Where each interval begins, and where the last one ends.
  [[nodiscard]] std::vector<std::size_t> places(Scale scale) const;

  StoryRegion region_;
  std::vector<Interval> intervals_;
};

// The place of an address that one of the runs holds, between the ends of that run.
[[nodiscard]] std::size_t place_in(const std::vector<CellRun>& runs, std::uint64_t address);

// Whether one of the ranges and the run share a byte.
[[nodiscard]] bool touches(const CellRun& run, const std::vector<oracle::Region>& ranges);
[[nodiscard]] bool has_one_of(const CellRun& run, const std::vector<const Piece*>& pieces);

// The pieces of one region, of all pieces of a step.
[[nodiscard]] std::span<const Piece> pieces_of(const Step& step, const StoryRegion& region);

}  // namespace hobnail
