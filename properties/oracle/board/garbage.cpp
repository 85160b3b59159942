// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A pool of bytes, which are copied from.
#include "properties/oracle/board/garbage.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

#include "properties/oracle/random.h"

namespace hobnail::oracle {
namespace {

std::vector<std::uint8_t> random_bytes() {
  std::vector<std::uint8_t> bytes(2 * kGarbageSize);
  Random random(0x486f626e61696cULL);
  for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random.next());
  return bytes;
}

const std::uint8_t* pool() {
  static const std::vector<std::uint8_t> kPool = random_bytes();
  return kPool.data();
}

}  // namespace

void fill_with_garbage(std::uint8_t* to, std::size_t size, std::uint8_t garbage) {
  if (size == 0) return;
  if (garbage == 1 || garbage == 2) {
    std::memset(to, garbage == 1 ? 0x00 : 0xff, size);
    return;
  }
  const std::uint8_t* from = pool() + std::size_t{garbage} * 40;
  for (std::size_t done = 0; done < size; done += kGarbageSize) {
    std::memcpy(to + done, from, std::min(kGarbageSize, size - done));
  }
}

const std::uint8_t* garbage_at(std::size_t at) { return pool() + at % kGarbageSize; }

const std::uint8_t* zeros_at(std::size_t at) {
  static constexpr std::array<std::uint8_t, kGarbageSize> kZeros{};
  return kZeros.data() + at % kGarbageSize;
}

}  // namespace hobnail::oracle
