// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "properties/oracle/hob_list_input/generate_list.h"

#include <algorithm>
#include <array>
#include <utility>

#include "properties/oracle/hob_list_input/list_extras.h"
#include "properties/oracle/pi.h"
#include "properties/oracle/region.h"

namespace hobnail::oracle {
namespace {

constexpr std::uint64_t kMiB = 0x100000;
constexpr std::uint64_t kDevices = 0xfe000000;
constexpr std::uint64_t kRuntime = std::uint64_t{1} << 63;  // EFI_MEMORY_RUNTIME

constexpr std::array<std::uint32_t, 9> kAllocated{
    EfiBootServicesData, EfiBootServicesCode,    EfiRuntimeServicesData,
    EfiACPIMemoryNVS,    EfiACPIReclaimMemory,   EfiReservedMemoryType,
    EfiLoaderData,       EfiRuntimeServicesCode, EfiConventionalMemory};

// What the kind of a HOB does not have is as it is in a list that was read from bytes.
void clear_unused_fields(ListedHob& hob) {
  const bool body = has_body(hob.kind);
  const bool range = !body && hob.kind != HobKind::Cpu && hob.kind != HobKind::Bins;
  const bool type = hob.kind <= HobKind::Cpu || hob.kind == HobKind::Raw;
  if (!range) hob.base = 0;
  if (!range && !body) hob.length = 0;
  if (!type) hob.type = 0;
  if (body) hob.length = std::clamp<std::uint64_t>(hob.length, hob.data.size(), kBodyBytesMax);
}

class ListMaker {
 public:
  explicit ListMaker(Random& random) : random_(random) { list_.hobs.reserve(16); }

  HobListInput make();

 private:
  void add_memory();
  void place_pei();
  void add_other_resources();
  void add_devices();
  void add_bins();
  void add_home();
  [[nodiscard]] Region small_home();
  void add_allocations();
  void add_others();
  void shuffle();
  void close_gap();
  void spoil();
  void spoil_length();
  void spoil_end();
  void spoil_phit();
  void contradict();

  [[nodiscard]] std::size_t index(std::size_t bound) {
    return static_cast<std::size_t>(random_.below(bound));
  }
  template <typename T, std::size_t N>
  [[nodiscard]] const T& pick(const std::array<T, N>& values) {
    return values[index(N)];
  }
  std::uint64_t pages(std::uint64_t most) { return (1 + random_.below(most)) * kPage; }
  ListedHob& add(HobKind kind) {
    list_.hobs.emplace_back().kind = kind;
    return list_.hobs.back();
  }
  ListedHob& add_resource(std::uint32_t type, std::uint32_t attribute, const Region& where);
  void add_allocation(std::uint32_t type, const Region& where);
  [[nodiscard]] std::uint32_t offset_of(std::size_t hob) const;

  Random& random_;
  HobListInput list_;
  Region memory_;             // that PEI is in
  std::uint64_t at_ = 0;      // where the next resource may begin
  std::uint64_t top_ = 0;     // of the memory that allocations come from
  std::vector<Region> more_;  // tested memory apart
};

ListedHob& ListMaker::add_resource(std::uint32_t type, std::uint32_t attribute,
                                   const Region& where) {
  ListedHob& hob = add(HobKind::Resource);
  hob.type = type;
  hob.attribute = attribute;
  hob.base = where.base;
  hob.length = where.size;
  hob.second = random_.one_in(8);
  constexpr std::array<std::uint64_t, 4> kOfMemory{0x8, 0xf, kRuntime | 0x8, kRuntime};
  if (hob.second && random_.one_in(2)) hob.memory_attribute = pick(kOfMemory);
  return hob;
}

void ListMaker::add_allocation(std::uint32_t type, const Region& where) {
  ListedHob& hob = add(random_.one_in(8) ? HobKind::Module : HobKind::Allocation);
  hob.type = type;
  hob.base = where.base;
  hob.length = where.size;
}

// Where a HOB of the list begins.
std::uint32_t ListMaker::offset_of(std::size_t hob) const {
  std::size_t offset = kFirstHobOffset;
  for (std::size_t i = 0; i < hob; ++i) offset += length_of(list_.hobs[i]);
  return static_cast<std::uint32_t>(offset);
}

void ListMaker::add_memory() {
  const std::uint64_t from = random_.one_in(3) ? 0 : kMiB;
  const std::uint64_t end = (3 + random_.below(4)) * kMiB;
  memory_ = {from, end - from};
  top_ = end;
  at_ = end + random_.below(2) * kMiB;
  constexpr std::uint32_t kTested = 7, kCacheable = 0x3c07, kSpecial = 0x8000007;
  const std::array kAttributes{kTested, kCacheable, kCacheable, kSpecial};
  add_resource(0, pick(kAttributes), memory_);
  if (!random_.one_in(3)) return;
  const Region apart{at_, pages(512)};
  add_resource(0, random_.one_in(2) ? kSpecial : kCacheable, apart);
  more_.push_back(apart);
  at_ = apart.end() + random_.below(2) * kMiB;
}

// Leaves about 64 KiB outside of PEI's memory, DXE's minimum, or twice as much, for bins.
void ListMaker::place_pei() {
  if (!random_.one_in(4)) return;
  constexpr std::uint64_t kStart = 0x10000;
  const std::uint64_t granule = std::uint64_t{1} << list_.granularity_shift;
  const std::array<std::uint64_t, 4> more{minus(kPage), 0, kPage, granule};
  list_.bottom = memory_.base;
  list_.base = memory_.base + random_.below(2) * kStart;
  list_.free_top = list_.base + kStart;
  list_.top = memory_.end() - (1 + random_.below(3)) * kStart - pick(more);
}

void ListMaker::add_other_resources() {
  constexpr std::array<std::pair<std::uint32_t, std::uint32_t>, 6> kForms{
      {{0, 3}, {5, 0x407}, {0, 0x800007}, {7, 7}, {0, 1}, {2, 7}}};
  for (std::uint64_t left = random_.below(3); left > 0; --left) {
    const auto& [type, attribute] = pick(kForms);
    const Region where{at_, pages(64)};
    add_resource(type, attribute, where);
    at_ = where.end();
    if (random_.one_in(3)) {
      add_allocation(pick(kAllocated), {where.base, kPage});
    }
  }
}

void ListMaker::add_devices() {
  if (random_.one_in(3)) return;
  const Region where{kDevices + random_.below(16) * kMiB, pages(32)};
  add_resource(random_.one_in(4) ? 3U : 1U, 0x407, where);
  if (random_.one_in(3)) return;
  const std::uint64_t part = std::min(where.size, pages(4));
  constexpr std::array<std::uint32_t, 4> kTypes{EfiMemoryMappedIO, EfiBootServicesData,
                                                EfiReservedMemoryType, EfiRuntimeServicesData};
  add_allocation(pick(kTypes), {where.base, part});
}

// Less than a granule of 64 KiB, in memory that PEI does not manage.
Region ListMaker::small_home() {
  const std::uint64_t size = pages(15);
  const bool below = memory_.base < list_.bottom && random_.one_in(2);
  const std::uint64_t from = below ? memory_.base : list_.top;
  const std::uint64_t room = (below ? list_.bottom : top_) - from;
  if (room < size) return {top_, 0};
  return {from + random_.below((room - size) / kPage + 1) * kPage, size};
}

// The resource that bins lie in: in the memory, or apart from it.
void ListMaker::add_home() {
  const std::uint64_t size = pages(64);
  const bool inside = !random_.one_in(4);
  Region home{inside ? memory_.end() - size : at_, size};
  if (inside && random_.one_in(4)) home = small_home();
  if (home.size == 0) return;
  ListedHob& hob = add_resource(0, list_.hobs[0].attribute, home);
  hob.name = KnownGuid::MemoryTypeInformation;
  hob.second = list_.hobs[0].second && inside;
  hob.memory_attribute = hob.second ? list_.hobs[0].memory_attribute : 0;
  if (!inside) at_ = home.end();
  if (inside && home.base >= list_.top) top_ = home.base;
}

void ListMaker::add_bins() {
  if (random_.one_in(3)) add_home();
  if (random_.one_in(24)) list_.hobs[0].name = KnownGuid::MemoryTypeInformation;
  if (random_.one_in(24)) {
    add_resource(2, 7, {0x8000, 0x8000}).name = KnownGuid::MemoryTypeInformation;
  }
  if (!random_.one_in(3)) return;
  ListedHob& table = add(HobKind::Bins);
  constexpr std::array<std::uint32_t, 5> kTypes{EfiRuntimeServicesData, EfiRuntimeServicesCode,
                                                EfiACPIMemoryNVS, EfiACPIReclaimMemory,
                                                EfiBootServicesData};
  const std::uint64_t entries = random_.below(kTypes.size() + 1);
  for (std::size_t i = 0; i < entries; ++i) {
    table.bins.push_back({kTypes[i], static_cast<std::uint32_t>(random_.below(8))});
  }
  if (!random_.one_in(3)) table.bins.push_back({16, 0});
}

// Down from the top, each of them apart; sometimes page 0.
void ListMaker::add_allocations() {
  std::uint64_t next = top_;
  for (std::uint64_t left = random_.below(6); left > 0; --left) {
    const std::uint64_t granule = std::uint64_t{1} << list_.granularity_shift;
    const std::uint64_t size = round_up(pages(8), granule);
    next -= random_.below(4) * granule + size;
    if (next < list_.top) break;
    add_allocation(pick(kAllocated), {next, size});
  }
  if (memory_.base == 0 && random_.one_in(2)) {
    add_allocation(pick(kAllocated), {0, kPage});
  }
  if (!more_.empty() && random_.one_in(2)) {
    add_allocation(EfiBootServicesData, {more_[0].base, std::min(more_[0].size, 2 * kPage)});
  }
}

void ListMaker::add_others() {
  constexpr std::array kKinds{HobKind::Fv,   HobKind::Fv2,    HobKind::Fv3, HobKind::Guid,
                              HobKind::Pool, HobKind::Unused, HobKind::Raw, HobKind::Capsule};
  for (std::uint64_t left = random_.below(4); left > 0; --left) {
    ListedHob& hob = add(pick(kKinds));
    hob.type = 0x1000 + static_cast<std::uint32_t>(random_.below(4));
    hob.base = kDevices;
    hob.length = has_body(hob.kind) ? random_.below(48) : kMiB;
  }
}

void ListMaker::shuffle() {
  for (std::size_t i = list_.hobs.size(); i > 1; --i) {
    std::swap(list_.hobs[i - 1], list_.hobs[index(i)]);
  }
}

// The list ends where the pages begin, or just below.
void ListMaker::close_gap() {
  const std::uint64_t end = list_.base + offset_of(list_.hobs.size()) + 8;
  if (end <= list_.top) list_.free_top = end + random_.below(2) * 8;
}

// A HobLength that no HOB has, or a last HOB without room for what its type has.
void ListMaker::spoil_length() {
  if (random_.one_in(2)) {
    constexpr std::array<std::uint32_t, 6> kTypes{
        EFI_HOB_TYPE_GUID_EXTENSION,       EFI_HOB_TYPE_GUID_EXTENSION,
        EFI_HOB_TYPE_MEMORY_ALLOCATION,    EFI_HOB_TYPE_RESOURCE_DESCRIPTOR,
        EFI_HOB_TYPE_RESOURCE_DESCRIPTOR2, EFI_HOB_TYPE_CPU};
    ListedHob& hob = add(HobKind::Raw);
    hob.type = pick(kTypes);
    hob.length = random_.below(2) * 8;
    return;
  }
  constexpr std::array<std::uint8_t, 8> kLengths{0, 0, 0, 4, 7, 8, 16, 0xff};
  const std::uint8_t length = pick(kLengths);
  const std::uint32_t at = offset_of(index(list_.hobs.size()));
  list_.patches.push_back({at + 2, {length, static_cast<std::uint8_t>(length == 0xff ? 0x7f : 0)}});
}

// END is missing, lies past the bytes, or is the only HOB.
void ListMaker::spoil_end() {
  if (random_.one_in(4)) {
    const auto bytes = static_cast<std::int32_t>(offset_of(list_.hobs.size()) + 8);
    list_.patches.push_back({0, {0xff, 0xff, 8, 0}});
    list_.give = 8 * static_cast<std::int32_t>(1 + random_.below(6)) - bytes;
    return;
  }
  if (random_.one_in(2)) {
    list_.give = -8 * static_cast<std::int32_t>(1 + random_.below(4));
    return;
  }
  list_.patches.push_back({offset_of(list_.hobs.size()), {0x00, 0x10}});
}

// One of the five addresses, or two that agree on a wrong place; or its length.
void ListMaker::spoil_phit() {
  if (random_.one_in(8)) {
    list_.patches.push_back({2, {static_cast<std::uint8_t>(8 * random_.below(12)), 0}});
    return;
  }
  const auto field = static_cast<std::uint32_t>(16 + 8 * random_.below(5));
  const auto byte = static_cast<std::uint8_t>(random_.below(256));
  const auto where = static_cast<std::uint32_t>(random_.below(4));
  list_.patches.push_back({field + where, {byte}});
  if (random_.one_in(2)) list_.patches.push_back({40 + where, {byte}});
}

void ListMaker::contradict() {
  ListedHob hob = list_.hobs[index(list_.hobs.size())];
  switch (random_.below(4)) {
    case 0:
      hob.base += random_.below(4) * kPage;
      break;
    case 1:
      hob.base += 1 + random_.below(0xfff);
      break;
    case 2:
      hob.length = random_.one_in(2) ? 0 : ~std::uint64_t{0} - hob.base - random_.below(0x2000);
      break;
    default:
      hob.type = static_cast<std::uint32_t>(random_.below(24));
      // A reader may refuse a stack of another type, which is no contradiction of two HOBs.
      if (hob.kind == HobKind::Allocation) hob.name = KnownGuid::None;
  }
  list_.hobs.push_back(std::move(hob));
}

void ListMaker::spoil() {
  switch (random_.below(4)) {
    case 0:
      return spoil_length();
    case 1:
      return spoil_end();
    case 2:
      return spoil_phit();
    default:
      return contradict();
  }
}

HobListInput ListMaker::make() {
  const ListExtras extras(random_);
  list_.granularity_shift = random_.one_in(8) ? 16 : 12;
  add_memory();
  place_pei();
  add_other_resources();
  add_devices();
  add_bins();
  add_allocations();
  add_others();
  ListedHob& cpu = add(HobKind::Cpu);
  cpu.type = random_.one_in(16) ? static_cast<std::uint32_t>(random_.below(66)) : 40;
  if (random_.one_in(2)) shuffle();
  extras.add(list_);
  if (random_.one_in(8)) close_gap();
  if (random_.one_in(3)) {
    spoil();
    extras.spoil(list_);
  }
  for (ListedHob& hob : list_.hobs) clear_unused_fields(hob);
  return std::move(list_);
}

}  // namespace

HobListInput generate_list(Random& random) { return ListMaker(random).make(); }

}  // namespace hobnail::oracle
