// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Set cover over cells.
#include "fuzz/campaign/reach_cover.h"

#include <algorithm>
#include <iterator>

#include "properties/oracle/coverage/scenario_coverage.h"
#include "properties/oracle/lockstep/lockstep.h"
#include "properties/targets/hobnail/dxe.h"

namespace hobnail {
namespace {

using oracle::Cell;
using oracle::Program;

using Cells = std::vector<std::size_t>;  // numbers, ascending

// Every cell of a row of the table, wanted or not: unplanned cells tell programs apart too.
std::vector<Cell> all_cells() {
  std::vector<Cell> cells;
  for (const auto& row : oracle::coverage_rows()) {
    for (std::size_t phase = 0; phase < oracle::kBootPhases; ++phase) {
      for (std::size_t reply = 0; reply < oracle::kReplies; ++reply) {
        cells.push_back({row.step, row.condition, static_cast<oracle::BootPhase>(phase),
                         static_cast<oracle::Reply>(reply)});
      }
    }
  }
  return cells;
}

Cells cells_of(const Program& program, const hobnail_target& target, oracle::Standard standard,
               const std::vector<Cell>& all) {
  oracle::ScenarioCoverage coverage;
  oracle::RunOptions options;
  options.rules.set_standard(standard);
  options.consumer = &pei::builtin_dxe();
  options.observer = &coverage;
  (void)run_in_lockstep(program, target, options);
  Cells cells;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (coverage.count(all[i]) != 0) cells.push_back(i);
  }
  return cells;
}

std::size_t added(const std::vector<bool>& covered, const Cells& cells) {
  return static_cast<std::size_t>(
      std::count_if(cells.begin(), cells.end(), [&](std::size_t cell) { return !covered[cell]; }));
}

void take(std::vector<bool>& covered, const Cells& cells, std::size_t index, Cover& cover) {
  cover.cells += added(covered, cells);
  for (const std::size_t cell : cells) covered[cell] = true;
  cover.kept.push_back(index);
}

}  // namespace

Cover cover_by_reach(const std::vector<Program>& programs, const hobnail_target& target,
                     oracle::Standard standard, bool greedy, std::size_t given) {
  const std::vector<Cell> all = all_cells();
  std::vector<Cells> cells;
  std::transform(programs.begin(), programs.end(), std::back_inserter(cells),
                 [&](const Program& program) { return cells_of(program, target, standard, all); });
  std::vector<bool> covered(all.size());
  Cover cover;
  if (!greedy) {
    for (std::size_t i = 0; i < programs.size(); ++i) {
      if (i < given || added(covered, cells[i]) != 0) take(covered, cells[i], i, cover);
    }
    return cover;
  }
  for (;;) {
    // Of two that add as much, the shorter.
    const auto worth = [&](std::size_t i) {
      return std::pair(added(covered, cells[i]), ~programs[i].ops.size());
    };
    std::size_t best = 0;
    for (std::size_t i = 1; i < programs.size(); ++i) {
      if (worth(i) > worth(best)) best = i;
    }
    if (programs.empty() || worth(best).first == 0) break;
    take(covered, cells[best], best, cover);
  }
  std::sort(cover.kept.begin(), cover.kept.end());
  return cover;
}

}  // namespace hobnail
