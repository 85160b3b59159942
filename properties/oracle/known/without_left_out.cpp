// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Counting results anew.
#include "properties/oracle/known/without_left_out.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "properties/oracle/region.h"

namespace hobnail::oracle {
namespace {

// For each kind, for each result: its number without those that are gone.
class Numbers {
 public:
  void note(const Op& op, bool gone) {
    const auto kind = static_cast<std::size_t>(row_of(op.code).result);
    if (kind == 0) return;
    numbers_[kind].push_back(gone ? std::nullopt : std::optional(next_[kind]++));
  }
  void renumber(Place& place) const {
    const auto kind = static_cast<std::size_t>(named_result(place));
    if (kind == 0 || place.index >= numbers_[kind].size()) return;
    if (const auto number = numbers_[kind][place.index]) {
      place.index = *number;
      return;
    }
    const std::uint64_t bytes = place.offset * (place.in_pages ? kPage : 1);
    place = {Anchor::Absolute, 0, false, bytes};
  }

 private:
  std::array<std::vector<std::optional<std::uint16_t>>, 4> numbers_;
  std::array<std::uint16_t, 4> next_{};
};

}  // namespace

Program without_left_out(const Program& program, std::span<const std::size_t> left_out) {
  if (left_out.empty()) return program;
  Program result{program.board, program.garbage, {}, program.contract};
  Numbers numbers;
  for (std::size_t i = 0; i < program.ops.size(); ++i) {
    Op op = program.ops[i];
    numbers.renumber(op.place);
    numbers.renumber(op.source);
    const bool gone = std::binary_search(left_out.begin(), left_out.end(), i);
    numbers.note(op, gone);
    if (!gone) result.ops.push_back(std::move(op));
  }
  return result;
}

std::size_t index_without(std::size_t op, std::span<const std::size_t> left_out) {
  const auto before = std::lower_bound(left_out.begin(), left_out.end(), op) - left_out.begin();
  return op - static_cast<std::size_t>(before);
}

}  // namespace hobnail::oracle
