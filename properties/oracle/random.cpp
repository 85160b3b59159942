// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// SplitMix64, and numbers below a bound without bias.
#include "properties/oracle/random.h"

namespace hobnail::oracle {

std::uint64_t Random::next() {
  state_ += 0x9E3779B97F4A7C15;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
  return z ^ (z >> 31);
}

std::uint64_t Random::below(std::uint64_t bound) {
  if (bound == 0) return 0;
  // 2^64 mod bound of the results would be too frequent: as many low values are drawn again.
  std::uint64_t value = next();
  if (value < bound) {
    const std::uint64_t uneven = (0 - bound) % bound;
    while (value < uneven) value = next();
  }
  return value % bound;
}

}  // namespace hobnail::oracle
