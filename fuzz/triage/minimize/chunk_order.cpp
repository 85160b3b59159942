// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A small generator of our own.
#include "fuzz/triage/minimize/chunk_order.h"

#include <numeric>
#include <utility>

namespace hobnail {
namespace {

std::uint64_t next_random(std::uint64_t& state) {
  state += 0x9e3779b97f4a7c15;
  std::uint64_t z = state;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

}  // namespace

std::vector<std::size_t> chunk_order(std::size_t count, std::size_t size, std::uint64_t seed) {
  std::vector<std::size_t> order((count + size - 1) / size);
  std::iota(order.rbegin(), order.rend(), std::size_t{0});
  if (seed == 0) return order;
  std::uint64_t state = seed * 0x10001 + size;
  for (std::size_t i = order.size(); i > 1; --i) {
    std::swap(order[i - 1], order[static_cast<std::size_t>(next_random(state) % i)]);
  }
  return order;
}

}  // namespace hobnail
