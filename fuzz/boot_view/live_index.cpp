// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Two sorted lists.
#include "fuzz/boot_view/live_index.h"

#include <algorithm>

namespace hobnail {
namespace {

using oracle::Allocation;
using oracle::Region;
using oracle::Result;

bool is_before(const Allocation* one, std::uint64_t address) { return one->where.base < address; }

void sort_by_address(std::vector<const Allocation*>& blocks) {
  const auto by_base = [](const Allocation* a, const Allocation* b) {
    return a->where.base < b->where.base;
  };
  if (std::is_sorted(blocks.begin(), blocks.end(), by_base)) return;
  std::stable_sort(blocks.begin(), blocks.end(), by_base);
}

}  // namespace

LiveIndex::LiveIndex(const std::vector<Allocation>& live) {
  for (const Allocation& block : live) {
    if (block.kind == Result::Pages) pages_.push_back(&block);
    if (block.kind == Result::Pool || block.kind == Result::Hob) bodies_.push_back(&block);
  }
  sort_by_address(pages_);
  sort_by_address(bodies_);
}

const Allocation* LiveIndex::pages(const Region& where) const {
  auto at = std::lower_bound(pages_.begin(), pages_.end(), where.base, is_before);
  if (at != pages_.begin() && (*(at - 1))->where.overlaps(where)) return *(at - 1);
  return at != pages_.end() && (*at)->where.overlaps(where) ? *at : nullptr;
}

const Allocation* LiveIndex::body(std::uint64_t body) const {
  const auto at = std::lower_bound(bodies_.begin(), bodies_.end(), body, is_before);
  return at != bodies_.end() && (*at)->where.base == body ? *at : nullptr;
}

}  // namespace hobnail
