// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Short forms of places. Both tables have the same plan:
//
//   00-3f  page[0] to page[63]            a0-a7  hob[0] to hob[7]
//   40-7f  page[0] to page[7], 8 offsets  a8-af  dram0 dram1, and the places without an index
//   80-8f  freed[0] to freed[15]          b0-cf  p0 to p15, b0 to b7, h0 to h7
//   90-9f  pool[0] to pool[15]            d0-df  places that should be refused
#include "properties/oracle/program/bytes/place_forms.h"

#include <array>

#include "properties/oracle/region.h"

namespace hobnail::oracle {
namespace {

using enum Anchor;

using Offsets = std::array<std::uint64_t, 8>;
using Refused = std::array<Place, 16>;

constexpr Offsets kPageOffsets{1, 2, 3, 4, 7, 8, 15, 16};
constexpr Offsets kByteOffsets{1, 4, 8, 0x10, 0x100, 0x800, 0xFF8, 0x1000};

constexpr Refused kRefusedPages{{
    {Absolute, 0, false, 0},
    {LivePages, 0, false, 1},
    {LivePages, 0, false, 0x800},
    {LivePages, 0, true, minus(1)},
    {LivePages, 0, true, 0x100000},
    {FreedPages, 0, true, 1},
    {FreedPages, 0, true, minus(1)},
    {FreeTop, 0, false, minus(0x1000)},
    {FreeTop, 0, false, 0x1000},
    {MemoryTop, 0, false, minus(0x1000)},
    {HobList, 0, false, 0x1000},
    {Stack, 0, false, 0x1000},
    {Absolute, 0, false, 0x80000000},
    {Absolute, 0, false, 0xFFFFF000},
    {Absolute, 0, false, std::uint64_t{1} << 63},
    {Absolute, 0, false, minus(0x1000)},
}};

constexpr Refused kRefusedBytes{{
    {Absolute, 0, false, 0},
    {Dram, 0, false, 1},
    {Dram, 0, false, 8},
    {Dram, 0, false, 0x800},
    {Dram, 0, false, 0x1000},
    {Dram, 0, false, 0x10000},
    {Dram, 0, false, minus(0x1000)},
    {Dram, 1, false, 0x800},
    {TemporaryRam, 0, false, 0x1000},
    {FreeTop, 0, false, minus(0x1000)},
    {FreeBottom, 0, false, 8},
    {Stack, 0, false, 0x800},
    {Absolute, 0, false, 0x80000000},
    {Absolute, 0, false, 0xFFFFF000},
    {Absolute, 0, false, std::uint64_t{1} << 63},
    {Absolute, 0, false, minus(0x1000)},
}};

class PlaceTable {
 public:
  constexpr explicit PlaceTable(bool pages) : pages_(pages) {}

  constexpr void add(Anchor anchor, std::uint16_t count) {
    const bool in_pages =
        pages_ && (anchor == LivePages || anchor == FreedPages || anchor == NamedPages);
    for (std::uint16_t i = 0; i < count; ++i) places_[at_++] = Place{anchor, i, in_pages, 0};
  }
  constexpr void add_live_pages_at(const Offsets& offsets) {
    for (const std::uint64_t offset : offsets) {
      for (std::uint16_t i = 0; i < 8; ++i) places_[at_++] = Place{LivePages, i, pages_, offset};
    }
  }
  constexpr void add(const Refused& places) {
    for (const Place& place : places) places_[at_++] = place;
  }
  [[nodiscard]] constexpr PlaceForms forms() const { return PlaceForms(places_); }

 private:
  bool pages_;
  std::array<Place, PlaceForms::kEscape> places_{};
  std::size_t at_ = 0;
};

constexpr PlaceForms forms(bool pages) {
  PlaceTable table(pages);
  table.add(LivePages, 64);
  table.add_live_pages_at(pages ? kPageOffsets : kByteOffsets);
  table.add(FreedPages, 16);
  table.add(LivePool, 16);
  table.add(LiveHob, 8);
  table.add(Dram, 2);
  for (const Anchor anchor : {TemporaryRam, Stack, HobList, FreeBottom, FreeTop, MemoryTop}) {
    table.add(anchor, 1);
  }
  table.add(NamedPages, 16);
  table.add(NamedPool, 8);
  table.add(NamedHob, 8);
  table.add(pages ? kRefusedPages : kRefusedBytes);
  return table.forms();
}

constexpr PlaceForms kPagePlaces = forms(true);
constexpr PlaceForms kBytePlaces = forms(false);

}  // namespace

const PlaceForms& place_forms(Operand operand) {
  return operand == Operand::PagePlace ? kPagePlaces : kBytePlaces;
}

}  // namespace hobnail::oracle
