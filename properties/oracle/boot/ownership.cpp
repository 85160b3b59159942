// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Closing and opening what PEIMs own.
#include "properties/oracle/boot/ownership.h"

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

}  // namespace

void close_block(Board& board, const Allocation& block) {
  if (kCloses) board.forbid(closed_part(block));
}

Windows::Windows(Boot& boot, const Allocation& a, const Region& in_a, const Allocation& b,
                 const Region& in_b)
    : boot_(boot), a_(a), b_(b) {
  if (!kCloses) return;
  each_free_range(&Board::forbid);
  boot_.board.permit(in_a);
  boot_.board.permit(in_b);
}

Windows::~Windows() {
  if (!kCloses) return;
  each_free_range(&Board::permit);
  close_block(boot_.board, a_);
  close_block(boot_.board, b_);
}

void Windows::each_free_range(void (Board::*what)(const Region&)) const {
  const HobListSnapshot& snapshot = boot_.snapshot;
  (boot_.board.*what)({snapshot.phit.EfiFreeMemoryBottom, snapshot.gap()});
  for (const OwnHob& hob : snapshot.own) {
    if (hob.free()) (boot_.board.*what)(hob.where);
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
