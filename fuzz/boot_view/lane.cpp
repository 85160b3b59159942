// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Borders, cells, and what stands in them.
#include "fuzz/boot_view/lane.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace hobnail {
namespace {

using oracle::Region;

constexpr double kListWeight = 9;
constexpr double kListShare = 0.7;  // of the room between two borders, for the longest list

// What stands in [from, to): pieces of nothing only where there is nothing else.
std::vector<const Piece*> pieces_in(std::span<const Piece> pieces, std::uint64_t from,
                                    std::uint64_t to) {
  auto at = std::partition_point(pieces.begin(), pieces.end(),
                                 [&](const Piece& piece) { return piece.where.end() <= from; });
  std::vector<const Piece*> all;
  for (; at != pieces.end() && at->where.base < to; ++at) all.push_back(&*at);
  if (all.size() < 2) return all;
  std::vector<const Piece*> something = all;
  std::erase_if(something, [](const Piece* piece) {
    return piece->kind == PieceKind::Outside || piece->kind == PieceKind::Unclaimed;
  });
  return something.empty() ? all : something;
}

// Where the list ends in this region; 0 when it does not.
std::uint64_t end_of_list(std::span<const Piece> pieces) {
  for (const Piece& piece : pieces) {
    if (piece.kind == PieceKind::HobList) return piece.where.end();
  }
  return 0;
}

void add_borders(std::span<const Piece> pieces, std::span<const Piece> before,
                 std::vector<std::uint64_t>& borders) {
  std::size_t old = 0;
  for (const Piece& piece : pieces) {
    while (old < before.size() && before[old].where.base < piece.where.base) ++old;
    const bool known =
        old < before.size() && before[old].where == piece.where && before[old].kind == piece.kind;
    if (known) continue;
    if (piece.kind != PieceKind::Gap) borders.push_back(piece.where.base);
    if (piece.kind != PieceKind::HobList) borders.push_back(piece.where.end());
  }
}

std::vector<std::uint64_t> borders_of(const Storyboard& story, const StoryRegion& region) {
  std::vector<std::uint64_t> borders{region.where.base, region.where.end()};
  std::span<const Piece> before;
  for (const Step& step : story.steps) {
    const std::span<const Piece> pieces = pieces_of(step, region);
    add_borders(pieces, before, borders);
    before = pieces;
  }
  for (const Region& about : story.finding_about) {
    for (const std::uint64_t border : {about.base, about.end()}) {
      if (about.size > 1 && region.where.contains(border)) borders.push_back(border);
    }
  }
  std::sort(borders.begin(), borders.end());
  borders.erase(std::unique(borders.begin(), borders.end()), borders.end());
  return borders;
}

// 0 to 1: of the longest list that ends between two borders. The unit of the logarithm goes with
// that list: with a fixed one, a list of hundreds of HOBs would seem to grow no more.
double list_share(std::uint64_t bytes, std::uint64_t most) {
  constexpr double kUnits = 16;
  const double part =
      static_cast<double>(bytes) / static_cast<double>(std::max<std::uint64_t>(most, 1));
  return std::clamp(std::log2(1 + kUnits * part) / std::log2(1 + kUnits), 0.0, 1.0);
}

}  // namespace

std::span<const Piece> pieces_of(const Step& step, const StoryRegion& region) {
  const auto inside = [&](const Piece& piece) { return region.where.contains(piece.where.base); };
  const auto first = std::find_if(step.pieces.begin(), step.pieces.end(), inside);
  const auto last = std::find_if_not(first, step.pieces.end(), inside);
  return {first, last};
}

double scale_weight(std::uint64_t bytes) {
  constexpr double kPage = 4096;
  return 1 + std::log2(1 + static_cast<double>(bytes) / kPage);
}

double Lane::weight(const Interval& interval) {
  return scale_weight(interval.to - interval.from) + (interval.list_end != 0 ? kListWeight : 0);
}

Lane::Lane(const Storyboard& story, const StoryRegion& region, std::size_t cells_most)
    : region_(region) {
  const std::vector<std::uint64_t> borders = borders_of(story, region);
  for (std::size_t i = 0; i + 1 < borders.size(); ++i) {
    intervals_.push_back({borders[i], borders[i + 1], 0});
  }
  note_list_ends(story);
  merge_to(std::max<std::size_t>(cells_most, 2));
}

void Lane::note_list_ends(const Storyboard& story) {
  for (const Step& step : story.steps) {
    const std::uint64_t end = end_of_list(pieces_of(step, region_));
    const auto at =
        std::partition_point(intervals_.begin(), intervals_.end(),
                             [&](const Interval& interval) { return interval.to <= end; });
    if (at != intervals_.end() && at->from < end) at->list_end = std::max(at->list_end, end);
  }
}

void Lane::merge_to(std::size_t cells_most) {
  std::vector<double> weights;
  std::size_t cells = 0;
  for (const Interval& interval : intervals_) {
    weights.push_back(weight(interval));
    cells += interval.list_end != 0 ? 2 : 1;
  }
  while (cells > cells_most && intervals_.size() > 1) {
    std::size_t least = 0;
    for (std::size_t i = 1; i + 1 < weights.size(); ++i) {
      if (weights[i] + weights[i + 1] < weights[least] + weights[least + 1]) least = i;
    }
    Interval& into = intervals_[least];
    const Interval& gone = intervals_[least + 1];
    cells -= into.list_end != 0 && gone.list_end != 0 ? 2 : 1;
    into.to = gone.to;
    into.list_end = std::max(into.list_end, gone.list_end);
    weights[least] = weight(into);
    const auto next = static_cast<std::ptrdiff_t>(least) + 1;
    intervals_.erase(intervals_.begin() + next);
    weights.erase(weights.begin() + next);
  }
}

std::vector<std::size_t> Lane::places(Scale scale) const {
  double sum = 0;
  std::size_t needed = 0;
  for (const Interval& interval : intervals_) {
    sum += weight(interval);
    needed += (interval.list_end != 0 ? 2 : 1) * scale.least;
  }
  const double spare = scale.total > needed ? static_cast<double>(scale.total - needed) : 0;
  std::vector<std::size_t> places{0};
  double so_far = 0;
  std::size_t cells = 0;
  for (const Interval& interval : intervals_) {
    so_far += weight(interval);
    cells += interval.list_end != 0 ? 2 : 1;
    places.push_back(scale.least * cells +
                     static_cast<std::size_t>(std::lround(spare * so_far / sum)));
  }
  return places;
}

std::vector<CellRun> Lane::runs(const Step& step, Scale scale) const {
  const std::span<const Piece> pieces = pieces_of(step, region_);
  const std::uint64_t list_end = end_of_list(pieces);
  const std::vector<std::size_t> at = places(scale);
  std::vector<CellRun> runs;
  const auto add = [&](std::size_t from, std::size_t to, std::uint64_t base, std::uint64_t end) {
    CellRun run{from, to, {base, end - base}, pieces_in(pieces, base, end)};
    const bool same = !runs.empty() && run.pieces.size() == 1 && runs.back().pieces == run.pieces;
    if (same) {
      runs.back().to = run.to;
      runs.back().where.size += run.where.size;
    } else {
      runs.push_back(std::move(run));
    }
  };
  for (std::size_t i = 0; i < intervals_.size(); ++i) {
    const Interval& interval = intervals_[i];
    if (list_end <= interval.from || interval.to <= list_end) {
      add(at[i], at[i + 1], interval.from, interval.to);
      continue;
    }
    const std::size_t room = at[i + 1] - at[i] - 2 * scale.least;
    const double share = list_share(list_end - interval.from, interval.list_end - interval.from);
    const std::size_t border =
        at[i] + scale.least +
        static_cast<std::size_t>(kListShare * share * static_cast<double>(room));
    add(at[i], border, interval.from, list_end);
    add(border, at[i + 1], list_end, interval.to);
  }
  return runs;
}

std::size_t place_in(const std::vector<CellRun>& runs, std::uint64_t address) {
  for (const CellRun& run : runs) {
    if (address >= run.where.end()) continue;
    if (address <= run.where.base) return run.from;
    const double share =
        static_cast<double>(address - run.where.base) / static_cast<double>(run.where.size);
    return run.from + static_cast<std::size_t>(share * static_cast<double>(run.width()));
  }
  return runs.empty() ? 0 : runs.back().to;
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
