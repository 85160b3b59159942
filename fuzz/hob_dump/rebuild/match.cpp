// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Matching, and a bounded breadth-first search over page services.
#include "fuzz/hob_dump/rebuild/match.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>
#include <vector>

namespace hobnail {
namespace {

using pei::oracle::Region;

constexpr std::size_t kDepthMax = 4;
constexpr std::size_t kLookAhead = 6;  // page slots from the difference on
constexpr std::size_t kBaseOffset =
    offsetof(pei::EFI_HOB_MEMORY_ALLOCATION_HEADER, MemoryBaseAddress);

bool is_memory(const Slot& slot) { return slot.type == pei::EFI_HOB_TYPE_MEMORY_ALLOCATION; }
bool is_unused(const Slot& slot) { return slot.type == pei::EFI_HOB_TYPE_UNUSED; }

bool is_live_pages(const Slot& slot) {
  return slot.maker == Maker::Pages && is_memory(slot) &&
         memory_of(slot)->type != kConventionalMemory;
}

// The body without the address of a memory allocation: the rebuilt one lies elsewhere.
bool same_body(const Slot& a, const Slot& b) {
  if (!is_memory(a) || a.body.size() < kBaseOffset + 8) return a.body == b.body;
  std::vector<std::uint8_t> body = a.body;
  std::memcpy(body.data() + kBaseOffset, b.body.data() + kBaseOffset, 8);
  return body == b.body;
}

struct Move {
  bool frees = false;
  std::uint32_t type = 0;  // of an allocation
  Region range;            // what is freed; of an allocation: ends at the top
};

// An aligned allocation as a library makes it: more pages than are wanted, then head and tail go.
std::optional<Region> aligned_request(const Region& wanted, std::uint64_t top) {
  const std::uint64_t tail = top - wanted.end();
  std::uint64_t alignment = std::bit_ceil(tail + 1);
  if (alignment <= kPageBytes) alignment = 2 * kPageBytes;
  if (wanted.base % alignment != 0 || wanted.size + alignment > top) return std::nullopt;
  return Region{top - wanted.size - alignment, wanted.size + alignment};
}

void add_allocations(const Slots& now, const HobState& wanted, std::size_t from,
                     std::vector<Move>& moves) {
  const std::uint64_t top = now.top();
  std::vector<std::uint32_t> types;
  std::vector<Region> ranges;
  const auto first = memory_of(wanted.slots[from]);
  if (first && is_memory(wanted.slots[from]) && first->range.end() < top) {
    if (const auto aligned = aligned_request(first->range, top)) ranges.push_back(*aligned);
  }
  std::size_t seen = 0;
  for (std::size_t i = from; i < wanted.slots.size() && seen < kLookAhead; ++i) {
    if (!wanted.pages[i]) continue;
    ++seen;
    const SlotMemory memory = *memory_of(wanted.slots[i]);
    if (memory.range.base < top) {
      ranges.push_back({memory.range.base, top - memory.range.base});
    }
    if (memory.type != kConventionalMemory) types.push_back(memory.type);
  }
  std::sort(types.begin(), types.end());
  types.erase(std::unique(types.begin(), types.end()), types.end());
  if (types.empty()) types.push_back(4);
  for (const Region& range : ranges) {
    for (const std::uint32_t type : types) moves.push_back({false, type, range});
  }
}

// What is live now and not in the first `size` slots of the wanted list: each piece between wanted
// live ranges is a move. What comes after these slots may have taken freed pages again.
void add_frees(const Slots& now, const HobState& wanted, std::size_t size,
               std::vector<Move>& moves) {
  for (const Slot& slot : now.slots()) {
    if (!is_live_pages(slot)) continue;
    const Region live = memory_of(slot)->range;
    std::vector<Region> kept;
    for (std::size_t i = 0; i < size; ++i) {
      if (!wanted.pages[i] || !is_memory(wanted.slots[i])) continue;
      const SlotMemory memory = *memory_of(wanted.slots[i]);
      if (memory.type != kConventionalMemory && live.overlaps(memory.range)) {
        kept.push_back(memory.range);
      }
    }
    std::sort(kept.begin(), kept.end(),
              [](const Region& a, const Region& b) { return a.base < b.base; });
    std::uint64_t at = live.base;
    for (const Region& range : kept) {
      if (range.base > at) moves.push_back({true, 0, {at, range.base - at}});
      at = std::max(at, range.end());
    }
    if (at < live.end()) moves.push_back({true, 0, {at, live.end() - at}});
  }
}

bool play(Slots& slots, const Move& move) {
  if (move.frees) return slots.free_pages(move.range);
  return slots.allocate_pages(move.type, move.range.size).has_value();
}

}  // namespace

Match match_slot(const Slot& now, const Slot& wanted, bool pages) {
  if (now.length != wanted.length) return Match::No;
  if (!pages) {
    if (now.maker == Maker::Pages && !is_unused(now)) return Match::No;
    const bool same = now.type == wanted.type && (is_unused(now) || same_body(now, wanted));
    return same ? Match::Exact : Match::No;
  }
  if (is_unused(now) && is_unused(wanted)) return Match::Exact;
  if (now.maker != Maker::Pages) {  // made by CreateHob for want of a story
    return now.type == wanted.type && same_body(now, wanted) ? Match::Exact : Match::No;
  }
  if (now.type == wanted.type && now.body == wanted.body) return Match::Exact;
  const SlotMemory freed = *memory_of(wanted);
  if (freed.type != kConventionalMemory || !is_live_pages(now)) return Match::No;
  const Region live = memory_of(now)->range;
  return live.contains(freed.range.base, freed.range.size) ? Match::Promised : Match::No;
}

std::size_t first_difference(const Slots& now, const HobState& wanted) {
  const std::size_t size = std::min(now.slots().size(), wanted.slots.size());
  for (std::size_t i = 0; i < size; ++i) {
    if (match_slot(now.slots()[i], wanted.slots[i], wanted.pages[i]) == Match::No) return i;
  }
  return size;
}

bool keep_promise(Slots& now, const HobState& wanted, std::size_t index) {
  return now.free_pages(memory_of(wanted.slots[index])->range);
}

std::optional<Slots> search_pages(const Slots& now, const HobState& wanted, std::size_t from,
                                  std::size_t& budget) {
  std::vector<Slots> level{now};
  for (std::size_t depth = 0; depth < kDepthMax && !level.empty(); ++depth) {
    std::vector<Slots> next;
    for (const Slots& start : level) {
      std::vector<Move> moves;
      add_allocations(start, wanted, from, moves);
      add_frees(start, wanted, from + 1, moves);
      add_frees(start, wanted, wanted.slots.size(), moves);
      for (const Move& move : moves) {
        if (budget == 0) return std::nullopt;
        --budget;
        Slots tried = start;
        if (!play(tried, move) || tried.slots().size() > wanted.slots.size()) continue;
        const std::size_t reached = first_difference(tried, wanted);
        if (reached > from) return tried;
        if (reached == from) next.push_back(std::move(tried));
      }
    }
    level = std::move(next);
  }
  return std::nullopt;
}

}  // namespace hobnail
