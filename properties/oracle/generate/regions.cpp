// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "properties/oracle/generate/regions.h"

#include "properties/oracle/region.h"

namespace hobnail::oracle {
namespace {

using enum Anchor;

constexpr Quantity kWhole{Measure::Whole, 0};

Quantity pages(std::uint64_t count) { return {Measure::Literal, count}; }

Place live_pages(Random& random) {
  Place place;
  place.anchor = LivePages;
  place.index = pick_recent(random, 64);
  place.in_pages = true;
  return place;
}

// The head, the tail, or something within: each leaves other HOBs behind.
void free_part(Random& random, Op& op) {
  op.place = live_pages(random);
  const std::uint64_t part = random.below(4);
  if (part == 0) {
    op.quantity = {Measure::Whole, minus(1 + random.below(2))};
    return;
  }
  if (part > 1) op.place.offset = 1 + random.below(3);
  op.quantity = part == 2 ? kWhole : pages(1 + random.below(3));
}

// The right place and a wrong count.
void free_wrong_count(Random& random, Op& op) {
  constexpr Quantity kWrong[] = {{Measure::Whole, 1},
                                 {Measure::Whole, 1},
                                 {Measure::Whole, 16},
                                 {Measure::Literal, 0},
                                 {Measure::Literal, kPagesAll},
                                 {Measure::Literal, kPagesAll + 1},
                                 {Measure::Literal, kPagesAll - 1},
                                 {Measure::Literal, minus(1)}};
  op.place = live_pages(random);
  op.quantity = pick(random, kWrong);
}

// A place that is no one's to free, or not there.
void free_wrong_place(Random& random, Op& op) {
  constexpr Place kWrong[] = {{LivePages, 0, true, minus(1)},
                              {LivePages, 0, false, 1},
                              {LivePages, 0, false, 0x801},
                              {FreeTop, 0, false, 0},
                              {FreeTop, 0, false, minus(kPage)},
                              {MemoryTop, 0, false, 0},
                              {MemoryTop, 0, false, minus(kPage)},
                              {HobList, 0, false, 0},
                              {Stack, 0, false, 0},
                              {Stack, 0, false, kPage},
                              {TemporaryRam, 0, false, 0},
                              {Dram, 0, false, 0},
                              {Dram, 1, false, 0},
                              {LivePool, 0, false, 0},
                              {Absolute, 0, false, 0},
                              {Absolute, 0, false, 0xFFFFF000},
                              {Absolute, 0, false, std::uint64_t{1} << 63},
                              {Absolute, 0, false, minus(kPage)}};
  op.place = pick(random, kWrong);
  if (op.place.anchor == LivePages) op.place.index = pick_recent(random, 8);
  op.quantity = pages(1 + random.below(2));
}

void free_twice(Random& random, Op& op) {
  op.place = live_pages(random);
  op.place.anchor = FreedPages;
  op.place.index = pick_recent(random, 8);
  if (random.one_in(4)) op.place.offset = random.below(2);
  op.quantity = random.one_in(4) ? pages(1) : kWhole;
}

void free_bogus(Random& random, Op& op) {
  const std::uint64_t kind = random.below(3);
  if (kind == 0) return free_twice(random, op);
  if (kind == 1) return free_wrong_count(random, op);
  free_wrong_place(random, op);
}

void install_bogus(Random& random, Op& op) {
  constexpr Place kPlaces[] = {{Dram, 0, false, 0},
                               {Dram, 0, false, 0},
                               {Dram, 1, false, 0},
                               {TemporaryRam, 0, false, 0},
                               {Stack, 0, false, 0},
                               {HobList, 0, false, 0},
                               {Dram, 0, false, minus(kPage)},
                               {Absolute, 0, false, 0},
                               {Absolute, 0, false, minus(kPage)}};
  constexpr Quantity kSizes[] = {
      {Measure::Literal, 0},         {Measure::Literal, 1},        {Measure::Literal, kPage},
      {Measure::Literal, 2 * kPage}, {Measure::Literal, 0x100000}, {Measure::Literal, 0x100000000},
      {Measure::Literal, minus(1)},  {Measure::Whole, 0},          {Measure::Whole, kPage},
      {Measure::Needed, minus(1)},   {Measure::Needed, minus(8)},  {Measure::Needed, minus(kPage)}};
  op.place = pick(random, kPlaces);
  op.quantity = pick(random, kSizes);
}

// A part of the memory: unaligned ends, and sizes close to the least that will do.
void install_part(Random& random, Op& op) {
  constexpr std::uint64_t kOffsets[] = {0, 0, 8, 0x800, kPage, 0x10000};
  constexpr Quantity kSizes[] = {{Measure::Whole, 0},
                                 {Measure::Whole, minus(8)},
                                 {Measure::Whole, minus(0x210)},
                                 {Measure::Whole, minus(kPage)},
                                 {Measure::Needed, 0},
                                 {Measure::Needed, 8},
                                 {Measure::Needed, kPage},
                                 {Measure::Needed, 0x10000}};
  op.place.anchor = Dram;
  op.place.index = random.one_in(4) ? 1 : 0;
  op.place.offset = pick(random, kOffsets);
  op.quantity = pick(random, kSizes);
  // Anything below what surely is enough: cores need less by different amounts, and none too
  // little.
  if (random.one_in(4)) op.quantity = {Measure::Needed, minus(8 * (1 + random.below(0x2000)))};
}

}  // namespace

void choose_free(Random& random, const GeneratorProfile& character, Op& op) {
  if (random.one_in(character.bogus)) return free_bogus(random, op);
  const std::uint64_t part = random.below(5);
  if (part < 2) return free_part(random, op);
  op.place = live_pages(random);
  op.quantity = kWhole;
}

void choose_install(Random& random, const GeneratorProfile& character, Op& op) {
  if (random.one_in(character.bogus)) return install_bogus(random, op);
  const std::uint64_t part = random.below(4);
  if (part == 0) return install_part(random, op);
  op.place.anchor = Dram;
  op.quantity = kWhole;
}

}  // namespace hobnail::oracle
