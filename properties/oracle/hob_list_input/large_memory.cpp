// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "properties/oracle/hob_list_input/large_memory.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "properties/oracle/pi.h"

namespace hobnail::oracle {
namespace {

constexpr std::uint64_t kGiB = std::uint64_t{1} << 30;
constexpr std::uint64_t kTiB = kGiB << 10;
constexpr std::uint32_t kTested = 7, kCacheable = 0x3c07, kSpecial = 0x8000007;
constexpr std::uint32_t kPersistent = 0x800000, kPersistable = 0x1000000;

// The size of memory and the number of address bits that a CPU HOB must have for it.
constexpr std::array<Region, 6> kLarge{{
    {4 * kGiB, 12 * kGiB},
    {4 * kGiB, 16 * kGiB},
    {4 * kGiB, 124 * kGiB},
    {64 * kGiB, 16 * kGiB},
    {4 * kGiB, kTiB - 4 * kGiB},
    {512 * kGiB, 512 * kGiB},
}};
constexpr std::array<Region, 5> kSmall{{
    {4 * kGiB, kGiB / 4},
    {4 * kGiB, 2 * kGiB},
    {8 * kGiB, kGiB},
    {64 * kGiB, kGiB / 2},
    {kTiB - kGiB, kGiB},
}};
constexpr std::array<Region, 3> kBeyond{{
    {kTiB, 2 * kTiB},
    {16 * kTiB, 4 * kGiB},
    {32 * kTiB, kGiB},
}};

std::uint32_t some_attribute(Random& random) {
  constexpr std::array kAttributes{kTested, kCacheable, kCacheable, kSpecial};
  return some_of(random, kAttributes);
}

// 48 bits instead of 40; another width was drawn for its own sake.
void widen(HobListInput& list) {
  for (ListedHob& hob : list.hobs) {
    if (hob.kind == HobKind::Cpu && hob.type == 40) hob.type = 48;
  }
}

void add_tested(ListDraft& draft, Random& random, const Region& where) {
  if (where.end() > draft.limit()) return;
  draft.add_resource(EFI_RESOURCE_SYSTEM_MEMORY, some_attribute(random), where);
  draft.add_room(where);
}

// Above the tested memory: another kind, right behind it or apart from it.
void add_neighbour(ListDraft& draft, Random& random, const Region& memory) {
  constexpr std::array<std::pair<std::uint32_t, std::uint32_t>, 6> kForms{
      {{0, kPersistent | kPersistable | 7},
       {0, 3},
       {1, 0x407},
       {5, 0x407},
       {7, 7},
       {0, kCacheable}}};
  const std::uint64_t apart = random.one_in(2) ? 0 : kGiB;
  const Region where{memory.end() + apart, (1 + random.below(64)) * kPage};
  const auto& [type, attribute] = some_of(random, kForms);
  if (where.end() <= draft.limit()) draft.add_resource(type, attribute, where);
}

void become_persistable(HobListInput& list) {
  for (ListedHob& hob : list.hobs) {
    const bool persistent = hob.kind == HobKind::Resource && (hob.attribute & kPersistent) != 0;
    if (persistent) hob.attribute |= kPersistable;
  }
}

bool is_tested_memory(const ListedHob& hob) {
  return hob.kind == HobKind::Resource && hob.type == 0 && (hob.attribute & kTested) == kTested;
}

}  // namespace

void add_large_memory(ListDraft& draft, Random random) {
  if (random.below(5) > 1) return;
  Region memory = random.one_in(3) ? some_of(random, kSmall) : some_of(random, kLarge);
  if (random.one_in(8)) {
    memory = some_of(random, kBeyond);
    widen(draft.list());
  }
  if (random.one_in(2)) add_neighbour(draft, random, memory);
  add_tested(draft, random, memory);
}

void add_some_room(ListDraft& draft, Random& random) {
  add_tested(draft, random, {2 * kGiB, kGiB / 4});
}

void add_attributes(ListDraft& draft, Random random) {
  if (!random.one_in(4)) become_persistable(draft.list());
  if (random.one_in(2)) return;
  // More reliable, with ECC; hot-pluggable; persistable; protectable.
  constexpr std::array<std::uint32_t, 4> kMore{0x2000018, 0x10000000, kPersistable, 0x780000};
  const std::uint32_t more = some_of(random, kMore);
  for (ListedHob& hob : draft.list().hobs) {
    if (is_tested_memory(hob)) hob.attribute |= more;
  }
}

void protect_memory(HobListInput& list, Random random) {
  constexpr std::array<std::uint32_t, 4> kProtected{0x80, 0x100, 0x200, 0x40000};
  if (!random.one_in(3)) return;
  const std::uint32_t more = some_of(random, kProtected);
  for (ListedHob& hob : list.hobs) {
    if (is_tested_memory(hob) && random.one_in(2)) hob.attribute |= more;
  }
}

}  // namespace hobnail::oracle
