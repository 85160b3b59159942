// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// "It must have fitted", against a search of all that a core could have done: every state of a tiny
// arena is made, every request put to it. The oracle must not ask for what is not possible, or not
// managed by all reasonable cores, and must ask for all that is.
#include <gtest/gtest.h>

#include <functional>
#include <iostream>

#include "properties/oracle/checks/feasibility.h"
#include "properties/tests/oracle/tiny_arena.h"

namespace hobnail::oracle {
namespace {

using tiny::all_manage;
using tiny::possible;
using tiny::State;

constexpr std::uint64_t kArena = 0x40120000;  // aligned to every granule that is tried

std::uint64_t up(std::uint64_t address, std::uint64_t unit) {
  return (address + unit - 1) / unit * unit;
}

// What the oracle sees of a state.
struct Seen {
  Model model;
  HobListSnapshot snapshot;

  explicit Seen(const State& state) {
    model.installed = {kArena, 0x100000};
    model.phase = Phase::Permanent;
    snapshot.base = state.bottom & ~std::uint64_t{7};
    snapshot.phit.EfiFreeMemoryBottom = state.bottom;
    snapshot.phit.EfiFreeMemoryTop = state.top;
    snapshot.unused_slots = state.unused;
    for (const tiny::Record& record : state.records) {
      const std::uint32_t type = record.free ? EfiConventionalMemory : EfiBootServicesData;
      snapshot.own.push_back({record.where, type, 0, false});
    }
  }
};

std::string state_text(const State& state, std::uint64_t pages, std::uint64_t granule) {
  std::string text = "gap " + std::to_string(state.top - state.bottom) + " bytes to page " +
                     std::to_string(static_cast<double>(state.top - kArena) / kPage) + ", above it";
  for (const tiny::Record& record : state.records) {
    text += (record.free ? " freed " : " live ") + std::to_string(record.where.size / kPage);
  }
  return text + ", unused " + std::to_string(state.unused) + ": " + std::to_string(pages) +
         " pages in granules of " + std::to_string(granule / kPage);
}

struct Counts {
  std::uint64_t states = 0, requests = 0, claimed = 0, managed = 0, possible = 0;
  std::uint64_t unsound = 0, incomplete = 0;
};

void judge(const State& state, std::uint64_t pages, std::uint64_t granule, Counts& counts) {
  const Seen seen(state);
  const std::uint64_t bytes = up(pages * kPage, granule);
  const bool claimed =
      !explain_fit({Board::of(0), seen.model, seen.snapshot}, pages, granule).empty();
  const bool can = possible(state, bytes, granule);
  const bool all = all_manage(state, bytes, granule);
  ++counts.requests;
  counts.claimed += claimed ? 1 : 0;
  counts.possible += can ? 1 : 0;
  counts.managed += all ? 1 : 0;
  EXPECT_TRUE(can || !all) << "the search is wrong: " << state_text(state, pages, granule);
  if (claimed && (!can || !all) && ++counts.unsound < 5) {
    ADD_FAILURE() << "asked for what " << (can ? "some core does not manage: " : "cannot be: ")
                  << state_text(state, pages, granule);
  }
  if (all && !claimed && ++counts.incomplete < 5) {
    ADD_FAILURE() << "not asked for, though all manage: " << state_text(state, pages, granule);
  }
}

// Every way to tile so many pages (in units) above the top with records.
void tilings(std::uint64_t left, std::uint64_t unit, const State& state,
             const std::function<void(const State&)>& use) {
  if (left == 0) return use(state);
  for (std::uint64_t pages = 1; pages <= left; ++pages) {
    for (const bool free : {false, true}) {
      State longer = state;
      longer.records.push_back({{state.end(), pages * unit}, free});
      tilings(left - pages, unit, longer, use);
    }
  }
}

void with_gaps(State state, std::uint64_t pages, const std::function<void(const State&)>& use) {
  for (std::uint64_t gap = 0; gap <= pages; ++gap) {
    for (const std::uint64_t rest : {0U, 8U, 40U, 48U, 56U, 88U, 96U, 104U, 144U}) {
      state.bottom = state.top - gap * kPage - rest;
      for (state.unused = 0; state.unused <= 2; ++state.unused) use(state);
    }
  }
}

// A search without requests of both kinds would show nothing.
void expect_both_kinds(const Counts& counts) {
  std::cout << counts.states << " states, " << counts.requests << " requests: " << counts.possible
            << " possible, " << counts.managed << " managed by every core, " << counts.claimed
            << " asked for by the oracle; " << counts.unsound << " wrongly, " << counts.incomplete
            << " missed\n";
  EXPECT_GT(counts.claimed, 1000U);
  EXPECT_GT(counts.requests - counts.claimed, 1000U);
}

TEST(Room, IsAskedForExactlyWhereEveryCoreManages) {
  Counts counts;
  for (std::uint64_t start = 0; start < 4; ++start) {  // where the top lies in a granule
    for (std::uint64_t above = 0; above <= 4; ++above) {
      tilings(above, kPage, {0, kArena + (16 + start) * kPage, {}, 0}, [&](const State& tiled) {
        with_gaps(tiled, 3, [&](const State& state) {
          ++counts.states;
          for (const std::uint64_t granule : {kPage, 2 * kPage, 4 * kPage}) {
            for (std::uint64_t pages = 1; pages <= 5; ++pages) judge(state, pages, granule, counts);
          }
        });
      });
    }
  }
  expect_both_kinds(counts);
}

// A heap may end off a page: then nothing lies above the top, and the rest of its page is lost.
TEST(Room, IsAskedForUnderATopThatIsOffAPage) {
  Counts counts;
  for (std::uint64_t start = 0; start < 4; ++start) {
    for (const std::uint64_t odd : {8U, 48U, 96U, 0x210U, 0xff8U}) {
      with_gaps({0, kArena + (16 + start) * kPage + odd, {}, 0}, 6, [&](const State& state) {
        ++counts.states;
        for (const std::uint64_t granule : {kPage, 2 * kPage, 4 * kPage}) {
          for (std::uint64_t pages = 1; pages <= 6; ++pages) judge(state, pages, granule, counts);
        }
      });
    }
  }
  expect_both_kinds(counts);
}

// The true granules: freed ranges of whole ones, and of odd pages.
TEST(Room, IsAskedForInGranulesOf64KiB) {
  Counts counts;
  for (const std::uint64_t start : {0U, 1U, 15U}) {
    for (const std::uint64_t unit : {5 * kPage, 8 * kPage, 16 * kPage}) {
      for (std::uint64_t above = 0; above <= 4; ++above) {
        tilings(above, unit, {0, kArena + (64 + start) * kPage, {}, 0}, [&](const State& tiled) {
          with_gaps(tiled, 34, [&](const State& state) {
            if ((state.top - state.bottom) / kPage % 17 > 1) return;
            ++counts.states;
            for (const std::uint64_t pages : {1U, 16U, 17U}) {
              judge(state, pages, 16 * kPage, counts);
            }
          });
        });
      }
    }
  }
  expect_both_kinds(counts);
}

}  // namespace
}  // namespace hobnail::oracle
