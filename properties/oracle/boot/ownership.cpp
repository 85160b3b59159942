// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Closing and opening what PEIMs own.
#include "properties/oracle/boot/ownership.h"

#include <algorithm>

#include "properties/oracle/board/asan.h"

namespace hobnail::oracle {
namespace {

// Without AddressSanitizer there is nothing to close: contents are compared.
constexpr bool kCloses = kAddressSanitizer;

// Of a pool, its HOB to the end: the service that gave it rounds its length up.
Region closed_part(const Allocation& block) {
  if (block.kind == Result::Hob) return {};
  if (block.kind == Result::Pages) return block.where;
  return {block.where.base, round_up(block.where.size, 8)};
}

// The granules of 8 bytes, in which AddressSanitizer counts, that a region touches.
Region granules(const Region& region) {
  const std::uint64_t base = round_down(region.base, 8);
  return {base, round_up(region.end(), 8) - base};
}

// The part of `range` that is less than kNear from the window.
Region near(const Region& range, const Region& window) {
  constexpr std::uint64_t kNear = 0x10000;
  const std::uint64_t base = window.base - std::min(window.base, kNear);
  return common(range, granules({base, window.end() - base + kNear}));
}

// Closes the granules of a block that `window` opened. Closing all of a large block is slow.
void close_again(Board& board, const Allocation& block, const Region& window) {
  board.forbid(common(closed_part(block), granules(window)));
}

}  // namespace

void close_block(Board& board, const Allocation& block) {
  if (kCloses) board.forbid(closed_part(block));
}

Windows::Windows(Boot& boot, const Allocation& a, const Region& in_a, const Allocation& b,
                 const Region& in_b)
    : boot_(boot), a_(a), b_(b), windows_{in_a, in_b} {
  if (!kCloses) return;
  for (const Region& window : windows_) each_free_range_near(window, &Board::forbid);
  boot_.board.permit(in_a);
  boot_.board.permit(in_b);
}

Windows::~Windows() {
  if (!kCloses) return;
  for (const Region& window : windows_) each_free_range_near(window, &Board::permit);
  close_again(boot_.board, a_, windows_[0]);
  close_again(boot_.board, b_, windows_[1]);
}

void Windows::each_free_range_near(const Region& window, void (Board::*what)(const Region&)) const {
  const HobListSnapshot& snapshot = boot_.snapshot;
  (boot_.board.*what)(near({snapshot.phit.EfiFreeMemoryBottom, snapshot.gap()}, window));
  for (const OwnHob& hob : snapshot.own) {
    if (hob.free()) (boot_.board.*what)(near(hob.where, window));
  }
}

OpenPages::OpenPages(Boot& boot, const Region& range) : boot_(boot), range_(range) {
  if (kCloses && range.size != 0) boot.board.permit(range);
}

OpenPages::~OpenPages() {
  if (!kCloses || range_.size == 0) return;
  for (const Allocation& block : boot_.model.live) {
    if (block.kind == Result::Pages) close_again(boot_.board, block, range_);
  }
}

void open_temporary_blocks(Boot& boot) {
  if (!kCloses) return;
  for (const Allocation& block : boot.model.live) {
    if (boot.board.is_temporary(block.where.base)) boot.board.permit(closed_part(block));
  }
}

void close_all_blocks(Boot& boot) {
  for (const Allocation& block : boot.model.live) close_block(boot.board, block);
}

void open_pools(Boot& boot) {
  if (!kCloses) return;
  for (const Allocation& block : boot.model.live) {
    if (block.kind == Result::Pool) boot.board.permit(closed_part(block));
  }
}

}  // namespace hobnail::oracle
