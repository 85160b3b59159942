// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What is true of whoever takes the HOB list over (docs/pei-semantics.md 5, K and L).
#include <algorithm>
#include <cstring>
#include <string>

#include "core/dxe/after_exit.h"
#include "properties/oracle/dxe/list_claims.h"
#include "properties/suites/support/hob_list_generator.h"
#include "properties/suites/support/suite.h"

namespace pei::test {
namespace {

using hobnail::oracle::Suite;
using Map = std::vector<EFI_MEMORY_DESCRIPTOR>;

UINT64 end_of(const EFI_MEMORY_DESCRIPTOR& entry) {
  return entry.PhysicalStart + entry.NumberOfPages * 0x1000;
}

std::optional<UINT32> type_at(const Map& map, UINT64 address) {
  for (const EFI_MEMORY_DESCRIPTOR& entry : map) {
    if (address >= entry.PhysicalStart && address < end_of(entry)) return entry.Type;
  }
  return std::nullopt;
}

// The types that the system may use at once, and after the tables: spelled out again.
bool is_reusable(UINT32 type) { return type == 7 || (type >= 1 && type <= 4); }
bool is_of_runtime(UINT32 type) { return type == 5 || type == 6 || type == 13; }

void well_formed(const Map& map) {
  UINT64 end = 0;
  const EFI_MEMORY_DESCRIPTOR* last = nullptr;
  for (const EFI_MEMORY_DESCRIPTOR& entry : map) {
    RC_ASSERT(entry.NumberOfPages > 0U);
    RC_ASSERT(entry.PhysicalStart % 0x1000 == 0U);
    RC_ASSERT(entry.PhysicalStart >= end);
    RC_ASSERT(end_of(entry) > entry.PhysicalStart);
    RC_ASSERT(is_of_runtime(entry.Type) == ((entry.Attribute & EFI_MEMORY_RUNTIME) != 0));
    const bool mergeable = last != nullptr && entry.PhysicalStart == end &&
                           entry.Type == last->Type && entry.Attribute == last->Attribute;
    RC_ASSERT(!mergeable);
    end = end_of(entry);
    last = &entry;
  }
}

// --- the map ------------------------------------------------------------------------------------

// The oracle's map of the same list has the same pages.
void reference_agrees(const World& world) {
  const hobnail::oracle::ReferenceList list(world.list);
  RC_ASSERT(!check_readable(list));
  const auto map = hobnail::oracle::reference_map(list, 0x1000);
  for (UINT64 page = 0; page < kWorldPages; ++page) {
    const auto* const range = map.at(address_of_page(page));
    RC_ASSERT((range == nullptr ? std::nullopt : std::optional(range->type)) == world.types[page]);
  }
}

void every_page(Suite& suite) {
  suite.claim("every page is in the map as what its HOBs say, and no other is (I91, I96)", 600,
              [&] {
                const World world = arbitrary_world();
                DxeBench bench;
                const dxe::HandOffError error = bench.take_over(world.list);
                if (!error.none()) RC_ASSERT(error.flaw == dxe::HandOffFlaw::NoRoomToStartIn);
                suite.reach("a list that DXE starts from", error.none(), 75);
                if (!error.none()) return;
                RC_ASSERT(bench.rejected() == "");  // I89, I90: nothing was wrong
                const Map map = bench.map();
                well_formed(map);
                UINT64 shown = 0;
                for (UINT64 page = 0; page < kWorldPages; ++page) {
                  RC_ASSERT(type_at(map, address_of_page(page)) == world.types[page]);
                  if (world.types[page]) ++shown;
                }
                UINT64 sum = 0;
                for (const EFI_MEMORY_DESCRIPTOR& entry : map) sum += entry.NumberOfPages;
                RC_ASSERT(sum == shown);
                reference_agrees(world);
                suite.reach("a map of eight ranges", map.size() >= 8, 20);
              });
}

// Does [base, base + bytes) touch the page? A range that wraps reaches to the end.
bool touches(const Saying& saying, UINT64 page) {
  const UINT64 base = address_of_page(page);
  const bool wraps = saying.base + saying.bytes < saying.base;
  const bool ends_above = wraps || saying.base + saying.bytes > base;
  return saying.bytes != 0 && saying.base < base + 0x1000 && ends_above;
}

bool fills(const Saying& saying, UINT64 page) {
  const UINT64 base = address_of_page(page);
  const bool wraps = saying.base + saying.bytes < saying.base;
  return !wraps && saying.base <= base && saying.base + saying.bytes >= base + 0x1000;
}

// What a wild list permits a page to be.
void judge_wild_page(const WildWorld& world, UINT64 page, const std::optional<UINT32>& type) {
  const auto claims = [&](const auto& sayings, auto&& which) {
    return std::any_of(sayings.begin(), sayings.end(), which);
  };
  const bool live =
      claims(world.allocations, [&](const Saying& each) { return touches(each, page); });
  const bool kept = claims(world.allocations, [&](const Saying& each) {
    return touches(each, page) && !is_reusable(each.type);
  });
  const bool withheld = claims(world.resources, [&](const Saying& each) {
    const bool memory = each.type == 0 && (each.attribute & 7) == 7;
    const bool accepted_later = each.type == 7;
    return !memory && !accepted_later && touches(each, page);
  });
  const bool other = claims(world.resources, [&](const Saying& each) {
    const bool memory = each.type == 0 && (each.attribute & 0x800007) == 7;
    return !memory && touches(each, page);
  });
  if (live || withheld) RC_ASSERT(type != 7U);
  if (kept || withheld) RC_ASSERT(!type || !is_reusable(*type));
  // What no other HOB describes does not vanish.
  if (!live && !other && fills(world.resources[0], page)) RC_ASSERT(type == 7U);
  if (live && !other) RC_ASSERT(type.has_value());
}

void nothing_live_is_free(Suite& suite) {
  suite.claim("what any HOB calls live is never free, and nothing else is lost (I89 to I91)", 900,
              [&] {
                const WildWorld world = arbitrary_wild_world();
                DxeBench bench;
                const dxe::HandOffError error = bench.take_over(world.list);
                suite.reach("a wild list that DXE starts from", error.none(), 50);
                if (!error.none()) return;
                const Map map = bench.map();
                well_formed(map);
                for (UINT64 page = 0; page < kWorldPages; ++page) {
                  judge_wild_page(world, page, type_at(map, address_of_page(page)));
                }
                suite.reach("a list with rejections", !bench.rejected().empty(), 50);
              });
}

// --- the first region ---------------------------------------------------------------------------

// The longest run of free pages between two addresses that spares the list, page by page.
UINT64 longest_run(const World& world, UINT64 from, UINT64 to) {
  EFI_HOB_HANDOFF_INFO_TABLE phit;
  std::memcpy(&phit, world.list.data(), sizeof phit);
  UINT64 longest = 0;
  UINT64 run = 0;
  for (UINT64 page = 0; page < kWorldPages; ++page) {
    const UINT64 base = address_of_page(page);
    const bool list = base < phit.EfiFreeMemoryBottom && base + 0x1000 > world.pei.list;
    const bool inside = base >= from && base + 0x1000 <= to;
    run = world.types[page] == 7U && inside && !list ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest * 0x1000;
}

void first_region(Suite& suite) {
  suite.claim("DXE starts in enough memory without an owner, beside the list (I92)", 600, [&] {
    const World world = arbitrary_world();
    DxeBench bench;
    const dxe::HandOffError error = bench.take_over(world.list);
    // PEI's resource: the run of pages of system memory, which no other touches on either side.
    EFI_HOB_HANDOFF_INFO_TABLE phit;
    std::memcpy(&phit, world.list.data(), sizeof phit);
    const UINT64 home_end = address_of_page(112);  // at least
    const UINT64 places[] = {longest_run(world, phit.EfiMemoryTop, home_end),
                             longest_run(world, phit.EfiFreeMemoryBottom, phit.EfiFreeMemoryTop),
                             longest_run(world, address_of_page(16), world.pei.list)};
    const bool enough = std::any_of(std::begin(places), std::end(places),
                                    [](UINT64 bytes) { return bytes >= 0x10000; });
    if (enough) RC_ASSERT(error.none());
    if (!error.none()) return;
    const AddressRange& region = bench.memory().first_region();
    RC_ASSERT(region.size_bytes() >= 0x10000U);
    RC_ASSERT(longest_run(world, region.base(), region.end()) == region.size_bytes());
    suite.reach("a region in the gap", region.base() < phit.EfiFreeMemoryTop, 5);
    suite.reach("a region above PEI's memory", region.base() >= phit.EfiMemoryTop, 30);
  });
}

// --- bytes that are no list ---------------------------------------------------------------------

struct Answer {
  dxe::HandOffFlaw flaw;
  UINTN offset;
  std::string map;
  std::string rejected;
  friend bool operator==(const Answer&, const Answer&) = default;
};

Answer answer(DxeBench& bench, const std::vector<UINT8>& bytes) {
  const dxe::HandOffError error = bench.take_over(bytes);
  RC_ASSERT(bench.list_is(bytes));  // I93: it is read, and never written
  return {error.flaw, error.offset, bench.text(), bench.rejected()};
}

void any_bytes(Suite& suite) {
  suite.claim("any bytes are judged within their bounds, and always alike (I88, I93, I101)", 3000,
              [&] {
                const World world = arbitrary_world();
                const std::vector<UINT8> bytes = arbitrary_wounds(world.list);
                const Room room{*rc::gen::inRange<UINTN>(0, 90), *rc::gen::inRange<UINTN>(0, 140),
                                *rc::gen::inRange<UINTN>(0, 3)};
                DxeBench bench(room);
                const Answer first = answer(bench, bytes);
                DxeBench other(room);  // elsewhere in memory
                RC_ASSERT(answer(other, bytes) == first);
                RC_ASSERT(first.offset <= bytes.size());
                RC_ASSERT(std::string(dxe::text_of(first.flaw)) != "no such flaw");
                well_formed(bench.map());
                RC_ASSERT((first.flaw == dxe::HandOffFlaw::None) == !first.map.empty());
                for (UINTN i = 0; i < bench.memory().rejections().kept(); ++i) {
                  RC_ASSERT(bench.memory().rejections().at(i).offset < bytes.size());
                }
                suite.reach("bytes that are refused", first.flaw != dxe::HandOffFlaw::None, 40);
                suite.reach("wounds that DXE survives", first.flaw == dxe::HandOffFlaw::None, 10);
              });
}

// --- the services -------------------------------------------------------------------------------

// True when each run of pages of one runtime type starts and ends on the granularity.
bool runs_are_aligned(const World& world, UINT64 granularity) {
  for (UINT64 page = 0; page <= kWorldPages; ++page) {
    const bool inside = page > 0 && page < kWorldPages;
    const UINT32 below = page > 0 ? world.types[page - 1].value_or(0) : 0;
    const UINT32 above = page < kWorldPages ? world.types[page].value_or(0) : 0;
    const bool alike =
        inside && below == above && world.attributes[page - 1] == world.attributes[page];
    const bool edge = !alike && (is_of_runtime(below) || is_of_runtime(above));
    if (edge && address_of_page(page) % granularity != 0) return false;
  }
  return true;
}

void the_end(Suite& suite) {
  suite.claim("only the right key and aligned runtime memory end boot services (I94, I95)", 600,
              [&] {
                const World world = arbitrary_world();
                const auto granularity = *rc::gen::element<UINT64>(0x1000, 0x2000, 0x4000, 0x10000);
                DxeBench bench;
                if (!bench.take_over(world.list, granularity).none()) return;
                const Map map = bench.map();
                for (const EFI_MEMORY_DESCRIPTOR& entry : map) {
                  const bool reusable = dxe::after_exit(entry.Type) == dxe::AfterExit::Reusable;
                  RC_ASSERT(reusable == is_reusable(entry.Type));
                }
                const UINTN key = bench.key();
                const auto wrong = key + *rc::gen::element<UINTN>(1, 2, ~UINTN{0}, UINTN{1} << 31);
                RC_ASSERT(bench.memory().ExitBootServices(wrong) == EFI_INVALID_PARAMETER);
                const std::string before = bench.text();
                RC_ASSERT(bench.key() == key);
                const bool aligned = runs_are_aligned(world, granularity);
                suite.reach("runtime memory that is not aligned", !aligned, 10);
                suite.reach("a boot that ends", aligned, 15);
                const EFI_STATUS status = bench.memory().ExitBootServices(key);
                RC_ASSERT(status == (aligned ? EFI_SUCCESS : EFI_INVALID_PARAMETER));
                RC_ASSERT(bench.text() == (aligned ? "" : before));
              });
}

void allocating(Suite& suite) {
  suite.claim("pages are taken from free memory alone, and the key tells (I91, I94)", 500, [&] {
    World world = arbitrary_world();
    DxeBench bench;
    if (!bench.take_over(world.list).none()) return;
    for (int i = 0; i < 6; ++i) {
      const UINTN key = bench.key();
      const auto type = *rc::gen::element<UINT32>(0, 1, 2, 3, 4, 5, 6, 9, 10, 13);
      const auto pages = *rc::gen::inRange<UINTN>(1, 30);
      EFI_PHYSICAL_ADDRESS at = 0;
      const EFI_STATUS status =
          bench.memory().AllocatePages(static_cast<EFI_MEMORY_TYPE>(type), pages, &at);
      RC_ASSERT((bench.key() != key) == (status == EFI_SUCCESS));
      if (status != EFI_SUCCESS) continue;
      const UINT64 first = (at - kOrigin) / 0x1000;
      for (UINT64 page = first; page < first + pages; ++page) {
        RC_ASSERT(world.types[page] == 7U);
        world.types[page] = type;
      }
      const Map map = bench.map();
      well_formed(map);
      for (UINT64 page = 0; page < kWorldPages; ++page) {
        RC_ASSERT(type_at(map, address_of_page(page)) == world.types[page]);
      }
    }
  });
}

int run() {
  Suite suite("dxe");
  every_page(suite);
  nothing_live_is_free(suite);
  first_region(suite);
  any_bytes(suite);
  the_end(suite);
  allocating(suite);
  return suite.verdict();
}

}  // namespace
}  // namespace pei::test

int main() { return pei::test::run(); }
