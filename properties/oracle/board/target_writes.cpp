// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Looking for what the target has written to pages of a call.
//
//   |#...#...|....#...|...  ...|....#..#|    # a word that is looked at
//
// In the middle of a page there is no stamp of a PEIM that had it before.
#include <algorithm>
#include <cstring>

#include "properties/oracle/board/board.h"

namespace hobnail::oracle {
namespace {

constexpr std::uint64_t kWord = 8;  // bytes
constexpr std::uint64_t kPagesSampled = 16;

std::uint64_t word_at(const std::uint8_t* from) {
  std::uint64_t word = 0;
  std::memcpy(&word, from, kWord);
  return word;
}

}  // namespace

bool Board::is_as_left(const Arena& arena, std::uint64_t at) {
  return arena.dirty.has(at) || word_at(arena.view + at) == word_at(as_found(arena, sized(at)));
}

bool Board::are_as_left(const Arena& arena, const Region& pages) {
  const std::uint64_t from = pages.base - arena.region.base;
  const std::uint64_t step = page_down(std::max(pages.size / kPagesSampled, kPage));
  for (std::uint64_t page = 0; page < pages.size; page += step) {
    if (!is_as_left(arena, from + page + kPage / 2)) return false;
  }
  return is_as_left(arena, from) && is_as_left(arena, from + pages.size - kWord);
}

void Board::note_target_writes(const Region& pages) {
  if (pages.size == 0) return;
  for (Arena& arena : dram()) {
    if (!arena.region.contains(pages.base, pages.size)) continue;
    if (!are_as_left(arena, pages)) note_dirty(pages);
  }
}

}  // namespace hobnail::oracle
