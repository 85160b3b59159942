// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Ranges.
#include "fuzz/enumeration/index_ranges.h"

#include <algorithm>

namespace hobnail {

void IndexRanges::add(const IndexRange& range) {
  if (range.size() == 0) return;
  size_ += range.size();
  if (!ranges_.empty() && ranges_.back().last == range.first) {
    ranges_.back().last = range.last;
    return;
  }
  before_.push_back(size_ - range.size());
  ranges_.push_back(range);
}

IndexRanges IndexRanges::without(const IndexRanges& others) const {
  IndexRanges rest;
  auto other = others.ranges_.begin();
  for (IndexRange range : ranges_) {
    while (other != others.ranges_.end() && other->last <= range.first) ++other;
    for (auto hole = other; hole != others.ranges_.end() && hole->first < range.last; ++hole) {
      if (hole->first > range.first) rest.add({range.first, hole->first});
      range.first = std::min(range.last, hole->last);
    }
    rest.add(range);
  }
  return rest;
}

IndexRanges IndexRanges::from(std::uint64_t index) const {
  return without(IndexRanges({0, index}));
}

std::uint64_t IndexRanges::at(std::uint64_t n) const {
  const auto next = std::upper_bound(before_.begin(), before_.end(), n);
  const auto i = static_cast<std::size_t>(next - before_.begin()) - 1;
  return ranges_[i].first + (n - before_[i]);
}

}  // namespace hobnail
