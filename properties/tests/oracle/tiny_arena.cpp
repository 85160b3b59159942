// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The search, page by page and placement by placement.
#include "properties/tests/oracle/tiny_arena.h"

#include <algorithm>

namespace hobnail::oracle::tiny {
namespace {

constexpr std::uint64_t kHob = 48;

std::uint64_t down(std::uint64_t address, std::uint64_t unit) { return address / unit * unit; }
std::uint64_t up(std::uint64_t address, std::uint64_t unit) {
  return down(address + unit - 1, unit);
}

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

}  // namespace

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

namespace {

struct Core {
  bool gap_first;
  bool merges_at_once;
  bool counts_exactly;
};

std::uint64_t slots_of(const State& state) {
  return state.unused + (state.top - state.bottom) / kHob;
}

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
    if (record.free && splits(core, record.where, slots_of(state), bytes, granule)) return true;
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
    if (retired != 0 && splits(core, run, slots_of(state) + retired, bytes, granule)) return true;
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

}  // namespace

bool all_manage(const State& state, std::uint64_t bytes, std::uint64_t granule) {
  const bool neighbours = has_neighbours(state);
  for (int bits = 0; bits < 8; ++bits) {
    const Core core{(bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0};
    if (core.merges_at_once && neighbours) continue;  // never in this state
    if (!manages(core, state, bytes, granule)) return false;
  }
  return true;
}

}  // namespace hobnail::oracle::tiny
