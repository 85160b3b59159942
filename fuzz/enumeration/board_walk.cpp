// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What is left.
#include "fuzz/enumeration/board_walk.h"

#include <algorithm>
#include <numeric>

namespace hobnail {
namespace {

constexpr std::size_t kLengthOfParts = 2;

IndexRanges programs_of_part(ProgramOrder& order, const Part& part, std::size_t length) {
  if (part.of == 1 || length <= kLengthOfParts) return IndexRanges({0, order.count(length)});
  IndexRanges programs;
  ProgramCursor cursor(order, kLengthOfParts);
  const std::uint64_t count = order.count(kLengthOfParts);
  for (std::uint64_t i = part.number - 1; i < count; i += part.of) {
    programs.add(cursor.extensions(i, length));
  }
  return programs;
}

}  // namespace

void BoardWalk::note_run(std::uint64_t index, bool finding) {
  run.resize(std::max(run.size(), length + 1));
  findings.resize(std::max(findings.size(), length + 1));
  ++run[length];
  if (finding) findings[length].add({index, index + 1});
  next = index + 1;
}

void BoardWalk::finish_length() {
  ++length;
  next = 0;
}

IndexRanges BoardWalk::rest(ProgramOrder& order, const Part& part) const {
  std::vector<IndexRange> behind;
  for (std::size_t shorter = 0; shorter < length && shorter < findings.size(); ++shorter) {
    ProgramCursor cursor(order, shorter);
    for (const IndexRange& range : findings[shorter].ranges()) {
      const IndexRange last = cursor.extensions(range.last - 1, length);
      behind.push_back({cursor.extensions(range.first, length).first, last.last});
    }
  }
  std::sort(behind.begin(), behind.end(),
            [](const IndexRange& a, const IndexRange& b) { return a.first < b.first; });
  IndexRanges holes;
  for (const IndexRange& range : behind) holes.add(range);
  return programs_of_part(order, part, length).without(holes).from(next);
}

std::uint64_t BoardWalk::programs_run() const {
  return std::accumulate(run.begin(), run.end(), std::uint64_t{0});
}

}  // namespace hobnail
