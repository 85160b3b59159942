// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Borders, cells, and what stands in them.
#include "fuzz/boot_view/lane.h"

#include <algorithm>
#include <cmath>

namespace hobnail {
namespace {

using pei::oracle::Region;

bool is_in(const StoryRegion& region, const Piece& piece) {
  return region.where.contains(piece.where.base);
}

// What stands in [from, to): pieces of nothing only where there is nothing else.
std::vector<const Piece*> pieces_in(const Step& step, std::uint64_t from, std::uint64_t to) {
  std::vector<const Piece*> all;
  for (const Piece& piece : step.pieces) {
    if (piece.where.overlaps({from, to - from})) all.push_back(&piece);
  }
  if (all.size() < 2) return all;
  std::vector<const Piece*> something = all;
  std::erase_if(something, [](const Piece* piece) {
    return piece->kind == PieceKind::Outside || piece->kind == PieceKind::Unclaimed;
  });
  return something.empty() ? all : something;
}

// Where the list ends in this region; 0 when it does not.
std::uint64_t end_of_list(const Step& step, const StoryRegion& region) {
  for (const Piece& piece : step.pieces) {
    if (piece.kind == PieceKind::HobList && is_in(region, piece)) return piece.where.end();
  }
  return 0;
}

}  // namespace

double Lane::Interval::weight() const {
  constexpr double kPage = 4096;
  const double list = list_ends ? 2 : 0;
  return 1 + list + std::log2(1 + static_cast<double>(to - from) / kPage);
}

Lane::Lane(const Storyboard& story, const StoryRegion& region, std::size_t cells_most)
    : region_(region) {
  std::vector<std::uint64_t> borders{region.where.base, region.where.end()};
  for (const Step& step : story.steps) {
    for (const Piece& piece : step.pieces) {
      if (!is_in(region, piece)) continue;
      if (piece.kind != PieceKind::Gap) borders.push_back(piece.where.base);
      if (piece.kind != PieceKind::HobList) borders.push_back(piece.where.end());
    }
  }
  std::sort(borders.begin(), borders.end());
  borders.erase(std::unique(borders.begin(), borders.end()), borders.end());
  for (std::size_t i = 0; i + 1 < borders.size(); ++i) {
    intervals_.push_back({borders[i], borders[i + 1], false});
  }
  for (const Step& step : story.steps) {
    const std::uint64_t end = end_of_list(step, region);
    for (Interval& interval : intervals_) {
      if (interval.from < end && end < interval.to) interval.list_ends = true;
    }
  }
  merge_to(std::max<std::size_t>(cells_most, 2));
}

std::size_t Lane::cell_count() const {
  std::size_t cells = 0;
  for (const Interval& interval : intervals_) cells += interval.list_ends ? 2 : 1;
  return cells;
}

void Lane::merge_to(std::size_t cells_most) {
  while (cell_count() > cells_most && intervals_.size() > 1) {
    std::size_t least = 0;
    for (std::size_t i = 1; i + 1 < intervals_.size(); ++i) {
      const auto both = [&](std::size_t k) {
        return intervals_[k].weight() + intervals_[k + 1].weight();
      };
      if (both(i) < both(least)) least = i;
    }
    intervals_[least].to = intervals_[least + 1].to;
    intervals_[least].list_ends |= intervals_[least + 1].list_ends;
    intervals_.erase(intervals_.begin() + static_cast<std::ptrdiff_t>(least) + 1);
  }
}

std::vector<std::size_t> Lane::places(std::size_t total, std::size_t least) const {
  std::vector<double> weights;
  for (const Interval& interval : intervals_) {
    constexpr double kListWeight = 2;
    if (interval.list_ends) weights.push_back(kListWeight);
    weights.push_back(interval.weight() - (interval.list_ends ? kListWeight : 0));
  }
  double sum = 0;
  for (const double weight : weights) sum += weight;
  const std::size_t needed = least * weights.size();
  const double spare = total > needed ? static_cast<double>(total - needed) : 0;
  std::vector<std::size_t> places{0};
  double so_far = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    so_far += weights[i];
    places.push_back(least * (i + 1) + static_cast<std::size_t>(std::lround(spare * so_far / sum)));
  }
  return places;
}

std::vector<CellRun> Lane::runs(const Step& step) const {
  const std::uint64_t list_end = end_of_list(step, region_);
  std::vector<CellRun> runs;
  std::size_t cell = 0;
  const auto add = [&](std::size_t cells, std::uint64_t from, std::uint64_t to) {
    CellRun run{cell, cell + cells, {from, to - from}, pieces_in(step, from, to)};
    cell += cells;
    const bool same = !runs.empty() && run.pieces.size() == 1 && runs.back().pieces == run.pieces;
    if (same) {
      runs.back().last = run.last;
      runs.back().where.size += run.where.size;
    } else {
      runs.push_back(std::move(run));
    }
  };
  for (const Interval& interval : intervals_) {
    const bool here = interval.from < list_end && list_end < interval.to;
    if (interval.list_ends && here) {
      add(1, interval.from, list_end);
      add(1, list_end, interval.to);
    } else {
      add(interval.list_ends ? 2 : 1, interval.from, interval.to);
    }
  }
  return runs;
}

bool touches(const CellRun& run, const std::vector<Region>& ranges) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [&](const Region& range) { return range.overlaps(run.where); });
}

bool has_one_of(const CellRun& run, const std::vector<const Piece*>& pieces) {
  return std::any_of(run.pieces.begin(), run.pieces.end(), [&](const Piece* piece) {
    return std::find(pieces.begin(), pieces.end(), piece) != pieces.end();
  });
}

}  // namespace hobnail
