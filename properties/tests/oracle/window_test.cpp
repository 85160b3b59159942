// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// "It must have fitted" in the window, where all that is in temporary RAM has yet to find its place
// below the pages that are given now (docs/pei-semantics.md 3.8). A core that keeps that room
// must never be asked for it.
//
//   installed   [new stack][holes][list]  [temporary RAM's pages]  ...  [R][pages of the window]
//               '------------- needed_below -------------------'   must end below R
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>

#include "properties/oracle/checks/feasibility.h"

namespace hobnail::oracle {
namespace {

constexpr std::uint64_t kHob = 48;
constexpr std::uint64_t kStackMax = 0x20000;

std::uint64_t down(std::uint64_t address, std::uint64_t unit) { return address / unit * unit; }
std::uint64_t up(std::uint64_t address, std::uint64_t unit) {
  return down(address + unit - 1, unit);
}

// The states of one board with a list of one size. They share the list's bytes: AddressSanitizer
// takes longer to allocate those for each state than the check of the state does.
struct Window {
  Board& board;
  Model model;
  HobListSnapshot snapshot;

  Window(const BoardProfile& profile, std::uint64_t granule, std::uint64_t list)
      : board(Board::of(profile.number)) {
    model.phase = Phase::Window;
    model.granule = granule;
    snapshot.base = profile.heap.base;
    snapshot.bytes.resize(static_cast<std::size_t>(list));
    snapshot.phit.EfiMemoryBottom = profile.heap.base;
    snapshot.phit.EfiMemoryTop = profile.heap.end();
    snapshot.phit.EfiFreeMemoryBottom = profile.heap.base + list;
  }

  // `given`: pages of the window at the top of what was installed.
  void enter(std::uint64_t installed, std::uint64_t temporary_pages, std::uint64_t given) {
    const BoardProfile& profile = board.profile();
    model.installed = {profile.dram[0].base, installed};
    snapshot.phit.EfiFreeMemoryTop = down(profile.heap.end(), kPage) - temporary_pages * kPage;
    snapshot.own.clear();
    if (given != 0) {
      const Region where{down(model.installed.end(), kPage) - given * kPage, given * kPage};
      snapshot.own.push_back({where, EfiBootServicesData, 0, false});
    }
  }
};

// By docs/pei-semantics.md 3.8, with `more` bytes of HOBs beside those that stand in the list.
std::uint64_t needed_below(const BoardProfile& profile, const Window& window, std::uint64_t more) {
  const std::uint64_t half = down(window.model.installed.size / 2, kPage);
  const std::uint64_t stack = std::max(std::min(half, kStackMax), profile.stack.size);
  std::uint64_t above = profile.hole_bytes() + 7 + window.snapshot.bytes.size() + kHob + more;
  if (profile.has(kPlatformMoves)) {
    above = std::max(above, profile.temporary_ram.size -
                                std::min(profile.stack.size, profile.temporary_ram.size));
  }
  const std::uint64_t pages =
      window.snapshot.phit.EfiMemoryTop - window.snapshot.phit.EfiFreeMemoryTop;
  const std::uint64_t shift = window.model.granule - kPage;  // they move by whole granules
  return stack + up(above, kPage) + up(pages, kPage) + shift;
}

struct Counts {
  std::uint64_t states = 0, requests = 0, claimed = 0, may_grow = 0;
};

void judge_pages(const BoardProfile& profile, const Window& window, std::uint64_t granule,
                 Counts& counts) {
  const BootState now{window.board, window.model, window.snapshot};
  const std::uint64_t top = window.snapshot.own.empty() ? window.model.installed.end()
                                                        : window.snapshot.own.front().where.base;
  for (const std::uint64_t pages : {1U, 2U, 7U, 16U, 17U, 40U, 100U}) {
    ++counts.requests;
    if (explain_fit(now, pages, granule).empty()) continue;
    ++counts.claimed;
    const std::uint64_t base = down(top, granule) - up(pages * kPage, granule);
    // Their own record, that of padding, and that of the new stack.
    const std::uint64_t needed = needed_below(profile, window, 2 * kHob);
    EXPECT_GE(base - window.model.installed.base, needed) << profile.name << ", " << pages;
    EXPECT_GE(window.snapshot.gap(), 3 * kHob) << profile.name;
  }
}

void judge_growth(const BoardProfile& profile, const Window& window, Counts& counts) {
  const BootState now{window.board, window.model, window.snapshot};
  if (!list_may_grow(now)) return;
  ++counts.may_grow;
  const std::uint64_t low = window.snapshot.own.empty() ? window.model.installed.size
                                                        : window.snapshot.own.front().where.base -
                                                              window.model.installed.base;
  EXPECT_GE(low, needed_below(profile, window, window.snapshot.gap())) << profile.name;
}

TEST(Room, OfTheMigrationIsLeftToIt) {
  Counts counts;
  for (const BoardProfile& profile : board_profiles()) {
    const bool migrates = profile.dram[0].size != 0 && !profile.has(kInMemory) &&
                          !profile.has(kMustDecline) && profile.heap.size > 64;
    if (!migrates || !Board::of(profile.number).missing().empty()) continue;
    for (const std::uint64_t granule : {kPage, 16 * kPage}) {
      for (const std::uint64_t list : {std::uint64_t{64}, profile.heap.size / 3 / 8 * 8}) {
        Window window(profile, granule, list);
        for (std::uint64_t temporary = 0; temporary * kPage + list + kPage <= profile.heap.size;
             ++temporary) {
          for (std::uint64_t pages = 16; pages * kPage <= profile.dram[0].size;
               pages += pages > 512 ? 1000 : 11) {
            for (const std::uint64_t given : {0U, 1U, 16U}) {
              window.enter(pages * kPage, temporary, given);
              ++counts.states;
              judge_pages(profile, window, kPage, counts);
              if (granule != kPage) judge_pages(profile, window, granule, counts);
              judge_growth(profile, window, counts);
            }
          }
        }
      }
    }
  }
  std::cout << counts.states << " windows, " << counts.requests << " requests, " << counts.claimed
            << " asked for; in " << counts.may_grow << " windows the list may grow\n";
  EXPECT_GT(counts.claimed, 1000U);
  EXPECT_GT(counts.may_grow, 1000U);
}

}  // namespace
}  // namespace hobnail::oracle
