// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// "It must have fitted", against a search of all that a core could have done. Every state of a tiny
// arena is made, every request put to it:
//
//   bottom      top                                   end        above the top each page is in a
//   [list| gap ][freed][live][freed][freed][live] ... |          record, live or freed
//
//   possible  some placement, with its records, leaves a list and a tiling that are in order
//   managed   every one of several reasonable cores finds one: gap first or freed pages first;
//             records merged as they are freed, or when nothing else fits; slots of retired records
//             counted exactly, or room kept for as many records as may ever be needed
//
// The oracle must not ask for what is not possible or not managed by all, and must ask for all that
// is.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <iostream>

#include "properties/oracle/page_room.h"

namespace pei::oracle {
namespace {

constexpr std::uint64_t kPage = 0x1000;
constexpr std::uint64_t kHob = 48;
constexpr std::uint64_t kArena = 0x40120000;  // aligned to every granule that is tried

struct Record {
  Region where;
  bool free = false;
};

struct State {
  std::uint64_t bottom = 0;  // EfiFreeMemoryBottom
  std::uint64_t top = 0;     // EfiFreeMemoryTop
  std::vector<Record> records;
  std::uint32_t unused = 0;

  [[nodiscard]] std::uint64_t end() const {
    return records.empty() ? top : records.back().where.end();
  }
  [[nodiscard]] std::uint64_t slots() const { return unused + (top - bottom) / kHob; }
};

std::uint64_t down(std::uint64_t address, std::uint64_t unit) { return address / unit * unit; }
std::uint64_t up(std::uint64_t address, std::uint64_t unit) {
  return down(address + unit - 1, unit);
}

// --- what is possible
// -----------------------------------------------------------------------------

bool is_free(const State& state, std::uint64_t page, std::uint64_t top) {
  if (page < state.top) return page >= top && page + kPage <= state.top;
  return std::any_of(state.records.begin(), state.records.end(), [&](const Record& record) {
    return record.free && record.where.contains(page);
  });
}

// `where` is given, and the gap ends at `top` from now on.
bool possible_there(const State& state, const Region& where, std::uint64_t top) {
  std::uint64_t runs = 0;
  bool in_run = false;
  for (std::uint64_t page = up(top, kPage); page + kPage <= up(state.end(), kPage); page += kPage) {
    const bool free = !where.contains(page) && is_free(state, page, top);
    if (free && !in_run) ++runs;
    in_run = free;
  }
  const auto have = state.unused + static_cast<std::uint64_t>(std::count_if(
                                       state.records.begin(), state.records.end(),
                                       [](const Record& record) { return record.free; }));
  const std::uint64_t needed = runs + 1;
  const std::uint64_t appended = needed > have ? needed - have : 0;
  return state.bottom + appended * kHob <= top;
}

bool possible(const State& state, std::uint64_t bytes, std::uint64_t granule) {
  for (std::uint64_t base = up(state.bottom, granule); base + bytes <= state.end();
       base += granule) {
    bool all_free = true;
    for (std::uint64_t at = 0; at < bytes && all_free; at += kPage) {
      all_free = is_free(state, base + at, 0);
    }
    if (!all_free) continue;
    // The gap may end lower, or higher where the pages above it are free.
    if (state.top <= base && possible_there(state, {base, bytes}, state.top)) return true;
    for (std::uint64_t top = up(state.bottom, kPage); top <= base; top += kPage) {
      bool reached = true;
      for (std::uint64_t at = up(state.top, kPage); at < top && reached; at += kPage) {
        reached = is_free(state, at, 0);
      }
      if (reached && possible_there(state, {base, bytes}, top)) return true;
    }
  }
  return false;
}

// --- what reasonable cores do
// ---------------------------------------------------------------------

struct Core {
  bool gap_first;
  bool merges_at_once;
  bool counts_exactly;
};

// Two records whatever is needed, or as many as are.
bool splits(const Core& core, const Region& run, std::uint64_t slots, std::uint64_t bytes,
            std::uint64_t granule) {
  if (run.size < bytes) return false;
  const std::uint64_t base = down(run.end() - bytes, granule);
  if (base < run.base) return false;
  const std::uint64_t needed =
      std::uint64_t{base != run.base} + std::uint64_t{base + bytes != run.end()};
  if (needed == 0) return true;
  return slots >= (core.counts_exactly ? needed : 2);
}

bool from_gap(const Core& core, const State& state, std::uint64_t bytes, std::uint64_t granule) {
  const std::uint64_t top = down(state.top, granule);
  std::uint64_t records = top == state.top ? 1 : 2;
  if (core.counts_exactly) {
    records = down(state.top, kPage) == top ? 1 : 2;  // less than a page has no record
    records -= std::min<std::uint64_t>(records, state.unused);
  }
  return top >= state.bottom && top - state.bottom >= bytes + records * kHob;
}

bool from_freed(const Core& core, const State& state, std::uint64_t bytes, std::uint64_t granule) {
  for (const Record& record : state.records) {
    if (record.free && splits(core, record.where, state.slots(), bytes, granule)) return true;
  }
  // What touches becomes one record, and the others are slots then.
  for (std::size_t i = 0; i < state.records.size(); ++i) {
    if (!state.records[i].free) continue;
    Region run = state.records[i].where;
    std::uint64_t retired = 0;
    while (i + 1 < state.records.size() && state.records[i + 1].free) {
      run.size += state.records[++i].where.size;
      ++retired;
    }
    if (retired != 0 && splits(core, run, state.slots() + retired, bytes, granule)) return true;
  }
  return false;
}

bool manages(const Core& core, const State& state, std::uint64_t bytes, std::uint64_t granule) {
  const bool first = core.gap_first ? from_gap(core, state, bytes, granule)
                                    : from_freed(core, state, bytes, granule);
  return first || (core.gap_first ? from_freed(core, state, bytes, granule)
                                  : from_gap(core, state, bytes, granule));
}

bool has_neighbours(const State& state) {
  return std::adjacent_find(state.records.begin(), state.records.end(),
                            [](const Record& a, const Record& b) { return a.free && b.free; }) !=
         state.records.end();
}

bool all_manage(const State& state, std::uint64_t bytes, std::uint64_t granule) {
  const bool neighbours = has_neighbours(state);
  for (int bits = 0; bits < 8; ++bits) {
    const Core core{(bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0};
    if (core.merges_at_once && neighbours) continue;  // never in this state
    if (!manages(core, state, bytes, granule)) return false;
  }
  return true;
}

// --- all states
// ---------------------------------------------------------------------------------

// What the oracle sees of a state.
struct Seen {
  Model model;
  Sight sight;

  explicit Seen(const State& state) {
    model.installed = {kArena, 0x100000};
    model.phase = Phase::Permanent;
    sight.base = state.bottom & ~std::uint64_t{7};
    sight.phit.EfiFreeMemoryBottom = state.bottom;
    sight.phit.EfiFreeMemoryTop = state.top;
    sight.unused_slots = state.unused;
    for (const Record& record : state.records) {
      const std::uint32_t type = record.free ? EfiConventionalMemory : EfiBootServicesData;
      sight.own.push_back({record.where, type, 0, false});
    }
  }
};

std::string told(const State& state, std::uint64_t pages, std::uint64_t granule) {
  std::string text = "gap " + std::to_string(state.top - state.bottom) + " bytes to page " +
                     std::to_string(static_cast<double>(state.top - kArena) / kPage) + ", above it";
  for (const Record& record : state.records) {
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
      !room_for_pages({Board::of(0), seen.model, seen.sight}, pages, granule).empty();
  const bool can = possible(state, bytes, granule);
  const bool all = all_manage(state, bytes, granule);
  ++counts.requests;
  counts.claimed += claimed ? 1 : 0;
  counts.possible += can ? 1 : 0;
  counts.managed += all ? 1 : 0;
  EXPECT_TRUE(can || !all) << "the search is wrong: " << told(state, pages, granule);
  if (claimed && (!can || !all) && ++counts.unsound < 5) {
    ADD_FAILURE() << "asked for what " << (can ? "some core does not manage: " : "cannot be: ")
                  << told(state, pages, granule);
  }
  if (all && !claimed && ++counts.incomplete < 5) {
    ADD_FAILURE() << "not asked for, though all manage: " << told(state, pages, granule);
  }
}

// Every way to tile so many pages (in units) above the top with records.
void tilings(std::uint64_t left, std::uint64_t unit, State state,
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
    for (const std::uint64_t rest : {0, 8, 40, 48, 56, 88, 96, 104, 144}) {
      state.bottom = state.top - gap * kPage - rest;
      for (state.unused = 0; state.unused <= 2; ++state.unused) use(state);
    }
  }
}

void say(const Counts& counts) {
  std::cout << counts.states << " states, " << counts.requests << " requests: " << counts.possible
            << " possible, " << counts.managed << " managed by every core, " << counts.claimed
            << " asked for by the oracle; " << counts.unsound << " wrongly, " << counts.incomplete
            << " missed\n";
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
  say(counts);
}

// A heap may end off a page: then nothing lies above the top, and the rest of its page is lost.
TEST(Room, IsAskedForUnderATopThatIsOffAPage) {
  Counts counts;
  for (std::uint64_t start = 0; start < 4; ++start) {
    for (const std::uint64_t odd : {8, 48, 96, 0x210, 0xff8}) {
      with_gaps({0, kArena + (16 + start) * kPage + odd, {}, 0}, 6, [&](const State& state) {
        ++counts.states;
        for (const std::uint64_t granule : {kPage, 2 * kPage, 4 * kPage}) {
          for (std::uint64_t pages = 1; pages <= 6; ++pages) judge(state, pages, granule, counts);
        }
      });
    }
  }
  say(counts);
}

// The true granules: freed ranges of whole ones, and of odd pages.
TEST(Room, IsAskedForInGranulesOf64KiB) {
  Counts counts;
  for (const std::uint64_t start : {0, 1, 15}) {
    for (const std::uint64_t unit : {5 * kPage, 8 * kPage, 16 * kPage}) {
      for (std::uint64_t above = 0; above <= 4; ++above) {
        tilings(above, unit, {0, kArena + (64 + start) * kPage, {}, 0}, [&](const State& tiled) {
          with_gaps(tiled, 34, [&](const State& state) {
            if ((state.top - state.bottom) / kPage % 17 > 1) return;
            ++counts.states;
            for (const std::uint64_t pages : {1, 16, 17}) {
              judge(state, pages, 16 * kPage, counts);
            }
          });
        });
      }
    }
  }
  say(counts);
}

}  // namespace
}  // namespace pei::oracle
