// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// same_bytes() at each alignment of both sides: a core may move bytes by any distance.
#include "properties/oracle/board/same_bytes.h"

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <cstdint>

namespace hobnail::oracle {
namespace {

constexpr std::size_t kAlignments = 16;
constexpr std::size_t kLongest = 300;
using Bytes = std::array<std::uint8_t, kLongest + kAlignments>;

// True when a change of the first, the middle and the last byte is seen, and none is where none is.
bool compares(const Bytes& left, std::size_t from, Bytes& right, std::size_t to,
              std::size_t length) {
  if (!same_bytes(&left[from], &right[to], length)) return false;
  if (length == 0) return true;
  for (const std::size_t at : {std::size_t{0}, length / 2, length - 1}) {
    right[to + at] = 1;
    if (same_bytes(&left[from], &right[to], length)) return false;
    right[to + at] = 0;
  }
  return true;
}

TEST(SameBytes, OfAnyLengthAtAnyAlignment) {
  const Bytes left{};
  Bytes right{};
  for (std::size_t from = 0; from < kAlignments; ++from) {
    for (std::size_t to = 0; to < kAlignments; ++to) {
      for (std::size_t length = 0; length < kLongest; ++length) {
        ASSERT_TRUE(compares(left, from, right, to, length)) << from << " " << to << " " << length;
      }
    }
  }
}

}  // namespace
}  // namespace hobnail::oracle
