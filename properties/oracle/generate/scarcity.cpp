// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "properties/oracle/generate/scarcity.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "properties/oracle/generate/operands.h"
#include "properties/oracle/pi.h"

namespace hobnail::oracle {
namespace {

Op request(OpCode code, std::uint32_t number, Measure measure, std::uint64_t value) {
  Op op;
  op.code = code;
  op.number = number;
  op.quantity = {measure, value};
  return op;
}

// In the first half of what follows the migration, so that requests have room.
std::size_t some_place(Random& random, std::size_t ops, const Story& story) {
  const std::size_t from = story.migrate < ops ? story.migrate + 1 : ops / 4;
  return from + static_cast<std::size_t>(random.below((ops - from) / 2 + 1));
}

}  // namespace

std::vector<Op> use_up_the_gap(Random& random) {
  constexpr std::uint64_t kPagesLeft[] = {0, 1, 1, 1, 2};
  constexpr std::uint64_t kBytesLeft[] = {0, 0, 0, 8, 48, 96};
  const std::uint64_t pages = pick(random, kPagesLeft);
  const std::uint64_t bytes = pick(random, kBytesLeft);
  return {request(OpCode::AllocatePages, EfiBootServicesData, Measure::Gap, minus(pages)),
          request(OpCode::AllocatePool, 0, Measure::Leave, bytes)};
}

Op ask_for_freed_pages(Random& random) {
  constexpr std::uint32_t kTypes[] = {EfiBootServicesData, EfiBootServicesData, EfiBootServicesCode,
                                      EfiRuntimeServicesData, EfiACPIMemoryNVS};
  constexpr std::uint64_t kAroundRun[] = {0, 0, 0, minus(1), 1};
  const std::uint32_t type = pick(random, kTypes);
  const std::uint64_t near = pick(random, kAroundRun);
  const std::uint64_t few = 1 + random.below(4);
  const bool all = !random.one_in(3);
  return all ? request(OpCode::AllocatePages, type, Measure::LargestFree, near)
             : request(OpCode::AllocatePages, type, Measure::Literal, few);
}

Scarcity::Scarcity(Random random, std::size_t ops, const Story& story)
    : random_(random), wanted_(random_.one_in(8)), first_(some_place(random_, ops, story)) {
  steps_ = use_up_the_gap(random_);
  std::reverse(steps_.begin(), steps_.end());
}

std::optional<Op> Scarcity::next(std::size_t at) {
  if (!wanted_ || at < first_) return std::nullopt;
  if (!steps_.empty()) {
    Op step = std::move(steps_.back());
    steps_.pop_back();
    return step;
  }
  if (!random_.one_in(3)) return std::nullopt;
  return ask_for_freed_pages(random_);
}

}  // namespace hobnail::oracle
