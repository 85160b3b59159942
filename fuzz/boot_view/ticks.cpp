// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Taking places on rows, in the order of importance.
#include "fuzz/boot_view/ticks.h"

#include <algorithm>
#include <utility>

#include "fuzz/boot_view/label.h"

namespace hobnail {
namespace {

struct Taken {
  std::size_t from = 0;
  std::size_t to = 0;
};

class Rows {
 public:
  Rows(std::size_t rows, std::size_t width, std::size_t unit)
      : taken_(rows), width_(width), unit_(unit) {}

  // False, and nothing done, where there is no room on any row.
  bool place(Tick& tick) {
    const std::size_t wide = tick.text.size() * unit_;
    if (wide > width_) return false;
    tick.at = std::min(tick.mark, width_ - wide);
    for (tick.row = 0; tick.row < taken_.size(); ++tick.row) {
      if (!is_free(tick.row, tick.at, tick.at + wide)) continue;
      taken_[tick.row].push_back({tick.at, tick.at + wide});
      return true;
    }
    return false;
  }

 private:
  [[nodiscard]] bool is_free(std::size_t row, std::size_t from, std::size_t to) const {
    return std::none_of(taken_[row].begin(), taken_[row].end(), [&](const Taken& other) {
      return from < other.to + unit_ && other.from < to + unit_;
    });
  }

  std::vector<std::vector<Taken>> taken_;
  std::size_t width_;
  std::size_t unit_;
};

int rank_of(const CellRun& run, const Pointed& pointed) {
  if (touches(run, pointed.accused)) return 0;
  return has_one_of(run, pointed.fresh) ? 1 : 2;
}

}  // namespace

std::vector<Tick> ticks_of(const Lane& lane, const std::vector<CellRun>& runs,
                           const Pointed& pointed, std::size_t unit, std::size_t rows) {
  std::vector<std::pair<int, std::size_t>> order;
  for (std::size_t i = 0; i < runs.size(); ++i) order.emplace_back(rank_of(runs[i], pointed), i);
  std::stable_sort(order.begin(), order.end());
  const std::size_t total = runs.empty() ? 0 : runs.back().to;
  const auto all_in_form = [&](bool whole) {
    Rows places(rows, total, unit);
    std::vector<Tick> ticks;
    for (const auto& [rank, run] : order) {
      const std::uint64_t address = runs[run].where.base;
      Tick tick{run, 0, runs[run].from, 0, {}};
      tick.text =
          whole || run == 0 ? long_address(address) : short_address(lane.region().where, address);
      if (places.place(tick)) ticks.push_back(std::move(tick));
    }
    return ticks;
  };
  std::vector<Tick> ticks = all_in_form(true);
  return ticks.size() == runs.size() ? ticks : all_in_form(false);
}

}  // namespace hobnail
