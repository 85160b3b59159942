// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Quantities, places and types by chance. One pick a statement: the order in which a compiler
// evaluates arguments must not change what a seed means.
#include "properties/oracle/generate/operands.h"
#include "properties/oracle/region.h"

namespace hobnail::oracle {
namespace {

using enum Measure;

constexpr std::uint64_t kLeft[] = {0,  8,  39, 40,  47,  48,    49,
                                   56, 95, 96, 104, 144, kPage, 3 * kPage};
constexpr std::uint64_t kNear[] = {0,        0,  0,         1,     minus(1),    8,
                                   minus(8), 48, minus(48), kPage, minus(kPage)};
constexpr std::uint64_t kNearPages[] = {0, 0, 0, 1, minus(1), 2, minus(2), minus(3), 16, minus(16)};

Quantity boundary_pages(Random& random) {
  constexpr std::uint64_t kPages[] = {
      0,        15, 16,         17, 0x100000, 0x80000000, kPagesAll - 1, kPagesAll, kPagesAll + 1,
      minus(1), 0,  0xFFFFFFFF, 64, 256};
  return {Literal, pick(random, kPages)};
}

Quantity related_pages(Random& random) {
  const std::uint64_t kind = random.below(8);
  if (kind < 3) return {Leave, pick(random, kLeft)};
  if (kind < 6) return {Gap, pick(random, kNearPages)};
  return {LargestFree, pick(random, kNearPages)};
}

Quantity boundary_bytes(Random& random) {
  constexpr std::uint64_t kBytes[] = {
      0,      1,      7,      8,      9,      39,     40,     47,      48,       55,
      56,     95,     96,     0xFE0,  0xFE8,  0xFF0,  0xFF8,  0x1000,  0x2000,   0xFFE0,
      0xFFE8, 0xFFF0, 0xFFF1, 0xFFF7, 0xFFF8, 0xFFF9, 0xFFFF, 0x10000, minus(8), minus(1)};
  return {Literal, pick(random, kBytes)};
}

Quantity related_bytes(Random& random) {
  const std::uint64_t kind = random.below(8);
  if (kind < 4) return {Leave, pick(random, kLeft)};
  if (kind < 6) return {Rest, pick(random, kLeft)};
  return {Gap, pick(random, kNear)};
}

}  // namespace

GeneratorProfile draw_character(Random& random) {
  constexpr std::uint64_t kRates[] = {4, 12, 12, 40, 200};
  GeneratorProfile character;
  character.boundary = pick(random, kRates);
  character.relation = pick(random, kRates);
  character.bogus = pick(random, kRates);
  character.large = pick(random, kRates);
  return character;
}

std::uint16_t pick_recent(Random& random, std::uint16_t bound) {
  const std::uint64_t spread = random.below(4);
  const std::uint64_t limit = spread == 0 ? bound : std::uint64_t{1} << spread;
  return static_cast<std::uint16_t>(random.below(limit < bound ? limit : bound));
}

Quantity some_pages(Random& random, const GeneratorProfile& character) {
  if (random.one_in(character.relation)) return related_pages(random);
  if (random.one_in(character.boundary)) return boundary_pages(random);
  if (random.one_in(character.large)) return {Literal, 1 + random.below(48)};
  return {Literal, 1 + random.below(4)};
}

Quantity some_bytes(Random& random, const GeneratorProfile& character) {
  if (random.one_in(character.relation)) return related_bytes(random);
  if (random.one_in(character.boundary)) return boundary_bytes(random);
  if (random.one_in(character.large)) return {Literal, random.below(0x1000)};
  return {Literal, 1 + random.below(127)};
}

Quantity some_length(Random& random, const GeneratorProfile& character) {
  if (random.one_in(4)) return {Whole, pick(random, kNear)};
  if (random.one_in(character.boundary)) return boundary_bytes(random);
  return {Literal, 1 + random.below(127)};
}

Place owned_range(Random& random, const GeneratorProfile& character) {
  constexpr Anchor kOwned[] = {Anchor::LivePages, Anchor::LivePages, Anchor::LivePages,
                               Anchor::LivePool,  Anchor::LivePool,  Anchor::LiveHob};
  constexpr std::uint64_t kOffsets[] = {0, 0, 0, 0, 1, 4, 8, 0x10, 0x100, 0x800, 0xFF8, kPage};
  Place place;
  place.anchor = pick(random, kOwned);
  place.index = pick_recent(random, 16);
  place.offset = pick(random, kOffsets);
  if (!random.one_in(character.bogus) || !random.one_in(4)) return place;
  constexpr Anchor kOthers[] = {Anchor::FreedPages, Anchor::FreeTop,      Anchor::FreeBottom,
                                Anchor::Dram,       Anchor::TemporaryRam, Anchor::Absolute};
  place.anchor = pick(random, kOthers);
  if (place.anchor != Anchor::FreedPages) place.index = 0;
  return place;
}

std::uint32_t some_memory_type(Random& random, const GeneratorProfile& character) {
  constexpr std::uint32_t kUsual[] = {4, 4, 4, 3, 6, 5, 10, 9, 0, 2, 1};
  constexpr std::uint32_t kRefused[] = {7,  8,  11,         12,         13,        14,
                                        15, 16, 0x70000000, 0x80000000, 0xFFFFFFFF};
  if (random.one_in(4 * character.bogus)) return pick(random, kRefused);
  return pick(random, kUsual);
}

std::vector<std::uint8_t> some_data(Random& random, std::uint64_t bound) {
  std::vector<std::uint8_t> data(1 + static_cast<std::size_t>(random.below(bound)));
  for (std::uint8_t& byte : data) byte = static_cast<std::uint8_t>(random.below(256));
  return data;
}

}  // namespace hobnail::oracle
