// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What of a board's memory a target may touch at this moment. Whole pages of permanent memory that
// PEI was not given are closed by the processor, in every build; smaller things are
// AddressSanitizer's matter, at its granularity of 8 bytes.
#include <fmt/format.h>
#include <sys/mman.h>

#include <algorithm>

#include "properties/oracle/board/asan.h"
#include "properties/oracle/board/board.h"

namespace hobnail::oracle {
namespace {

void protect(std::uint64_t from, std::uint64_t to, int access) {
  if (from < to) mprotect(Board::pointer(from), static_cast<std::size_t>(to - from), access);
}

}  // namespace

void Board::open_only(const Region& range) {
  if (!all_open_ && open_ == range) return;
  const std::uint64_t from = range.base & ~(kPage - 1);
  const std::uint64_t to = (range.end() + (kPage - 1)) & ~(kPage - 1);
  for (const Arena& arena : dram()) {
    const Region& region = arena.region;  // whole pages, on every board
    if (region.size == 0) continue;
    if (range.size == 0 || !region.overlaps({from, to - from})) {
      if (all_open_ || open_.overlaps(region)) protect(region.base, region.end(), PROT_NONE);
      continue;
    }
    const std::uint64_t first = std::max(from, region.base);
    const std::uint64_t last = std::min(to, region.end());
    protect(region.base, first, PROT_NONE);
    protect(first, last, PROT_READ | PROT_WRITE);
    protect(last, region.end(), PROT_NONE);
  }
  all_open_ = false;
  open_ = range;
}

void Board::open_all() {
  if (all_open_) return;
  for (const Arena& arena : dram()) {
    protect(arena.region.base, arena.region.end(), PROT_READ | PROT_WRITE);
  }
  all_open_ = true;
}

bool Board::is_open(const Region& range) const {
  return all_open_ || open_.contains(range.base, range.size);
}

void Board::forbid(const Region& range) {
  if (!kAddressSanitizer || range.size == 0) return;
  poison(pointer(range.base), static_cast<std::size_t>(range.size));
  forbidden_.push_back(range);
}

void Board::permit(const Region& range) {
  if (!kAddressSanitizer || range.size == 0) return;
  unpoison(pointer(range.base), static_cast<std::size_t>(range.size));
}

void Board::permit_all() {
  for (const Region& range : forbidden_) permit(range);
  forbidden_.clear();
}

}  // namespace hobnail::oracle
