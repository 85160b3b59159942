// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// IndexRanges: a set of numbers, as the ranges that it consists of.
//
// Invariant: the ranges ascend, and none is empty or meets the next.
#pragma once

#include <cstdint>
#include <vector>

#include "fuzz/enumeration/program_order.h"

namespace hobnail {

class IndexRanges {
 public:
  IndexRanges() = default;
  explicit IndexRanges(const IndexRange& range) { add(range); }

  // Behind all that are there, or meeting the last.
  void add(const IndexRange& range);
  [[nodiscard]] IndexRanges without(const IndexRanges& others) const;
  // Those from `index` on.
  [[nodiscard]] IndexRanges from(std::uint64_t index) const;

  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] const std::vector<IndexRange>& ranges() const { return ranges_; }
  // The n-th number; `n` is less than size().
  [[nodiscard]] std::uint64_t at(std::uint64_t n) const;

  friend bool operator==(const IndexRanges&, const IndexRanges&) = default;

 private:
  std::vector<IndexRange> ranges_;
  std::vector<std::uint64_t> before_;  // how many numbers stand before each range
  std::uint64_t size_ = 0;
};

}  // namespace hobnail
