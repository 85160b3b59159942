// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Drawing worlds. Everything is derived from a few numbers each, so that RapidCheck can shrink
// them.
#include "properties/suites/support/hob_list_generator.h"

#include <algorithm>
#include <cstring>

namespace pei::test {
namespace {

constexpr UINT32 kMemoryTypes[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 0x70000001};

template <typename T>
T draw(T low, T high) {  // high is not reached
  return *rc::gen::inRange<T>(low, high);
}

// A kind of resource and the type that its pages have; system memory that can be allocated first.
struct Kind {
  UINT32 resource;
  UINT32 attribute;
  std::optional<UINT32> type;
};
const Kind kKinds[] = {
    {0, 0x3c07, 7}, {0, 0x3c07, 7}, {0, 0x3c03, 0}, {0, 0x3c01, 0}, {5, 0x400, 0},
    {1, 0x407, {}}, {3, 0x407, {}}, {4, 0x407, 0},  {7, 0x7, 15},   {0, 0x803c07, 14},
};

class WorldMaker {
 public:
  World make();

 private:
  void lay_resources();
  [[nodiscard]] UINT32 write_resource(UINT64 base, UINT64 bytes, const Kind& kind);
  void fill_above();
  void lay_allocations();
  void sprinkle();
  void allocate(UINT64 page, UINT64 count, UINT32 type);
  [[nodiscard]] bool is_free(UINT64 page, UINT64 count) const;

  World world_;
  HobWriter writer_;
  std::vector<bool> taken_ = std::vector<bool>(kWorldPages, false);
  // Which resource a page belongs to, 0 for none; and what that gives.
  std::vector<UINT64> owner_ = std::vector<UINT64>(kWorldPages, 0);
};

World WorldMaker::make() {
  // PEI: | stack or older memory | list, 4 pages | gap | pages | in pages [16, 112).
  const UINT64 list_page = draw<UINT64>(16, 40);
  const UINT64 gap_pages = draw<UINT64>(0, 40);
  const UINT64 page_pages = draw<UINT64>(0, 20);
  PeiMemory& pei = world_.pei;
  pei.bottom = address_of_page(16);
  pei.list = address_of_page(list_page) + 8 * draw<UINT64>(0, 32);
  pei.free_top =
      address_of_page(list_page + 4 + gap_pages) + (gap_pages > 0 ? 8 * draw(0U, 9U) : 0);
  pei.top = address_of_page(list_page + 4 + gap_pages + (gap_pages > 0 ? 1 : 0) + page_pages);
  writer_ = HobWriter(pei);
  for (UINT64 page = list_page; address_of_page(page) < pei.free_top; ++page) taken_[page] = true;
  world_.types.resize(kWorldPages);
  world_.attributes.resize(kWorldPages);
  writer_.cpu(static_cast<UINT8>(draw(31, 65)));
  lay_resources();
  if (draw(0, 3) == 1) fill_above();
  lay_allocations();
  world_.list = writer_.finish().bytes();
  return world_;
}

// In the first version, in the second alone, or in both, in either order. Returns the attributes;
// one that only the second version has is added as a bit that no resource uses.
UINT32 WorldMaker::write_resource(UINT64 base, UINT64 bytes, const Kind& kind) {
  constexpr UINT64 kUncachedExported = 0x10;
  constexpr UINT32 kMore = 0x80000000;
  const auto version = draw(0, 8);
  const bool more = version < 4 && draw(0, 2) == 1;
  const auto second = [&] {
    writer_.resource2(base, bytes, more ? kUncachedExported : 0, kind.resource, {}, kind.attribute);
  };
  if (version < 3) second();
  if (version > 0) writer_.resource(base, bytes, kind.resource, kind.attribute);
  if (version == 3) second();
  return kind.attribute | (more ? kMore : 0);
}

// From below: a few before PEI's, PEI's, a few after it.
void WorldMaker::lay_resources() {
  struct Part {
    UINT64 page, count;
    Kind kind;
  };
  std::vector<Part> parts;
  const UINT64 home = draw<UINT64>(0, 17);
  const UINT64 after = draw<UINT64>(112, 140);
  parts.push_back({home, after - home, kKinds[0]});
  for (UINT64 page = after; page < kWorldPages;) {
    const UINT64 count = std::min(draw<UINT64>(1, 24), kWorldPages - page);
    const UINT64 kind = draw<UINT64>(0, std::size(kKinds) + 1);  // one more: a hole
    if (kind < std::size(kKinds)) parts.push_back({page, count, kKinds[kind]});
    page += count;
  }
  if (home > 0) parts.push_back({0, home, kKinds[draw<UINT64>(1, std::size(kKinds))]});
  if (draw(0, 2) == 1) std::reverse(parts.begin(), parts.end());
  for (UINTN i = 0; i < parts.size(); ++i) {
    const Part& part = parts[i];
    const UINT32 attribute =
        write_resource(address_of_page(part.page), part.count * 0x1000, part.kind);
    for (UINT64 page = part.page; page < part.page + part.count; ++page) {
      world_.types[page] = part.kind.type;
      world_.attributes[page] = attribute;
      owner_[page] = i + 1;
    }
  }
}

bool WorldMaker::is_free(UINT64 page, UINT64 count) const {
  if (page + count > kWorldPages || owner_[page] == 0) return false;
  for (UINT64 i = page; i < page + count; ++i) {
    if (taken_[i] || owner_[i] != owner_[page]) return false;
  }
  return true;
}

void WorldMaker::allocate(UINT64 page, UINT64 count, UINT32 type) {
  writer_.allocation(address_of_page(page), count * 0x1000, type);
  for (UINT64 i = page; i < page + count; ++i) {
    taken_[i] = true;
    const UINT32 under = world_.types[i].value_or(0);
    // Where memory is given out to the system, the allocation is what counts.
    const bool given = under == 7 || under == 14 || under == 15;
    if (type != 7 && given) world_.types[i] = type;
  }
}

// All that PEI's resource has above PEI's memory, but for a few pages.
void WorldMaker::fill_above() {
  UINT64 page = (world_.pei.top - kOrigin) / 0x1000 + draw<UINT64>(0, 20);
  UINT64 count = 0;
  while (is_free(page, count + 1)) ++count;
  if (count > 0) allocate(page, count, 4);
}

void WorldMaker::lay_allocations() {
  const auto count = draw(0, 14);
  for (int i = 0; i < count; ++i) {
    const UINT64 page = draw<UINT64>(0, kWorldPages);
    const UINT64 pages = draw<UINT64>(1, 12);
    const UINT32 type = kMemoryTypes[draw<UINTN>(0, std::size(kMemoryTypes))];
    if (!is_free(page, pages)) continue;
    allocate(page, pages, type);
    sprinkle();
    // DxeIpl's own: the same range once more.
    const auto doubled = draw(0, 8);
    if (doubled == 1) writer_.module(address_of_page(page), pages * 0x1000, type);
    if (doubled == 2) {
      writer_.allocation(address_of_page(page), pages * 0x1000, type,
                         EFI_HOB_MEMORY_ALLOC_STACK_GUID);
    }
  }
}

// HOBs that say nothing of memory.
void WorldMaker::sprinkle() {
  const auto what = draw(0, 6);
  if (what == 1) writer_.raw(EFI_HOB_TYPE_MEMORY_POOL, 64);
  if (what == 2) writer_.raw(EFI_HOB_TYPE_UNUSED, 48);
  if (what == 3) writer_.raw(EFI_HOB_TYPE_GUID_EXTENSION, 40);
  if (what == 4) writer_.content(EFI_HOB_TYPE_FV, 0xffe00000, 0x200000);
  if (what == 5) writer_.resource(0x6000, 0xa000, EFI_RESOURCE_IO);
}

// Bytes: somewhere in the world, whole pages or not, sometimes of an impossible length.
Saying wild_range() {
  const UINT64 unit = draw(0, 3) == 0 ? 8 : 0x1000;
  const UINT64 base = kOrigin + draw<UINT64>(0, kWorldPages * 0x1000 / unit) * unit;
  UINT64 bytes = draw<UINT64>(0, 0x10000 / unit) * unit;
  if (draw(0, 12) == 0) bytes = *rc::gen::element<UINT64>(~UINT64{0}, 0 - base, 1, 0xfff);
  return {base, bytes, 0, 0};
}

}  // namespace

World arbitrary_world() { return WorldMaker().make(); }

WildWorld arbitrary_wild_world() {
  PeiMemory pei;
  pei.bottom = pei.list = address_of_page(16);
  pei.free_top = address_of_page(60);
  pei.top = address_of_page(60);
  HobWriter writer(pei);
  WildWorld world;
  writer.cpu(40);
  world.resources.push_back({kOrigin, kWorldPages * 0x1000, 0, 7});
  const auto resources = draw(0, 4);
  for (int i = 0; i < resources; ++i) {
    Saying saying = wild_range();
    const Kind& kind = kKinds[draw<UINTN>(0, std::size(kKinds))];
    saying.type = kind.resource;
    saying.attribute = kind.attribute;
    world.resources.push_back(saying);
  }
  for (const Saying& each : world.resources) {
    const auto version = draw(0, 6);
    if (version != 1) writer.resource(each.base, each.bytes, each.type, each.attribute);
    if (version < 2) writer.resource2(each.base, each.bytes, 0xf, each.type, {}, each.attribute);
  }
  const auto allocations = draw(0, 6);
  for (int i = 0; i < allocations; ++i) {
    Saying saying = wild_range();
    saying.type = *rc::gen::element<UINT32>(0, 1, 3, 4, 5, 6, 9, 10, 16, 0x70000000);
    world.allocations.push_back(saying);
    writer.allocation(saying.base, saying.bytes, saying.type);
  }
  world.list = writer.finish().bytes();
  return world;
}

std::vector<UINT8> arbitrary_wounds(std::vector<UINT8> list) {
  if (draw(0, 10) == 0) {
    const auto size = draw<UINTN>(0, 200);
    return *rc::gen::container<std::vector<UINT8>>(size, rc::gen::arbitrary<UINT8>());
  }
  const auto wounds = draw(1, 3);
  for (int i = 0; i < wounds; ++i) {
    const UINTN at = draw<UINTN>(0, list.size() / 8) * 8;
    const auto how = draw(0, 5);
    if (how == 0) {
      const auto value = *rc::gen::element<UINT16>(0, 1, 2, 3, 4, 5, 6, 9, 0xc, 0xfffe, 0xffff);
      std::memcpy(list.data() + at, &value, sizeof value);
    } else if (how == 1) {
      const auto value = *rc::gen::element<UINT16>(0, 4, 7, 8, 16, 24, 48, 56, 72, 0xfff8, 0xffff);
      std::memcpy(list.data() + at + 2, &value, sizeof value);
    } else if (how == 2) {
      const auto value = *rc::gen::element<UINT64>(0, 1, 0x1000, kOrigin, ~UINT64{0}, ~UINT64{7},
                                                   UINT64{1} << 63, 0xfffffffffffff000);
      std::memcpy(list.data() + at, &value, sizeof value);
    } else {
      list[at + draw<UINTN>(0, 8)] ^= static_cast<UINT8>(1U << draw(0, 8));
    }
  }
  if (draw(0, 4) == 0) list.resize(draw<UINTN>(0, list.size() + 16));
  return list;
}

}  // namespace pei::test
