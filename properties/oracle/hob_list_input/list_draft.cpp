// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "properties/oracle/hob_list_input/list_draft.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace hobnail::oracle {
namespace {

// Cuts `size` bytes off the top of a room, `gap` bytes below its end where it has both.
std::optional<Region> cut_off(Region& room, std::uint64_t gap, std::uint64_t size,
                              std::uint64_t granule) {
  const std::uint64_t end = round_down(room.end(), granule);
  if (end < room.base + size) return std::nullopt;
  const std::uint64_t base = (end - room.base < size + gap ? end : end - gap) - size;
  room.size = base - room.base;
  return Region{base, size};
}

// Moves it behind the others.
void append(HobListInput& list, std::size_t& offset, AddedHob& added) {
  for (ListPatch& patch : added.patches) {
    patch.offset += static_cast<std::uint32_t>(offset);
    list.patches.push_back(std::move(patch));
  }
  offset += length_of(added.hob);
  list.hobs.push_back(std::move(added.hob));
}

}  // namespace

ListDraft::ListDraft(HobListInput& list) : list_(list) {
  added_.reserve(16);
  for (const ListedHob& hob : list.hobs) bytes_ += length_of(hob);
  add_room(between(page_up(list.free_top), list.top));
}

std::uint64_t ListDraft::limit() const {
  std::uint64_t limit = ~std::uint64_t{0};
  for (const ListedHob& hob : list_.hobs) {
    if (hob.kind == HobKind::Cpu && hob.type < 64) limit = std::uint64_t{1} << hob.type;
  }
  return limit;
}

// What may follow, END and a HOB that spoils the list, has a place too.
bool ListDraft::has_place_for(std::size_t bytes) const {
  constexpr std::size_t kRest = 0x400;
  const std::uint64_t most = std::min<std::uint64_t>(list_.free_top - list_.base, kListBytesMax);
  return bytes_ + bytes + kRest <= most && hobs() + 2 < kListHobsMax;
}

void ListDraft::add(AddedHob added) {
  const std::size_t bytes = length_of(added.hob);
  if (!has_place_for(bytes)) return;
  bytes_ += bytes;
  added_.push_back(std::move(added));
}

void ListDraft::add_claim(std::uint32_t type, const Region& where, KnownGuid name) {
  ListedHob hob;
  hob.kind = HobKind::Allocation;
  hob.type = type;
  hob.name = name;
  hob.base = where.base;
  hob.length = where.size;
  add({hob, {}});
}

void ListDraft::add_resource(std::uint32_t type, std::uint32_t attribute, const Region& where) {
  ListedHob hob;
  hob.kind = HobKind::Resource;
  hob.type = type;
  hob.attribute = attribute;
  hob.base = where.base;
  hob.length = where.size;
  add({hob, {}});
}

std::optional<Region> ListDraft::take(Random& random, std::uint64_t bytes) {
  const std::uint64_t granule = std::uint64_t{1} << list_.granularity_shift;
  const std::uint64_t gap = random.below(4) * granule;
  const std::uint64_t first = random.below(rooms_.size());
  for (std::size_t i = 0; i < rooms_.size(); ++i) {
    Region& room = rooms_[(sized(first) + i) % rooms_.size()];
    if (const auto taken = cut_off(room, gap, round_up(bytes, granule), granule)) return taken;
  }
  return std::nullopt;
}

void ListDraft::merge(Random random) {
  std::vector<ListedHob> before = std::exchange(list_.hobs, {});
  list_.hobs.reserve(before.size() + added_.size() + 1);
  const bool among = random.one_in(2);
  std::size_t offset = kFirstHobOffset;
  std::size_t next = 0;  // of the HOBs that were there before
  for (std::size_t i = 0; i < added_.size(); ++i) {
    const std::size_t left = added_.size() - i;
    std::size_t share =
        among ? sized(random.below(2 * (before.size() - next) / left + 2)) : before.size();
    for (; share > 0 && next < before.size(); --share) {
      offset += length_of(before[next]);
      list_.hobs.push_back(std::move(before[next++]));
    }
    append(list_, offset, added_[i]);
  }
  std::move(before.begin() + static_cast<std::ptrdiff_t>(next), before.end(),
            std::back_inserter(list_.hobs));
}

}  // namespace hobnail::oracle
