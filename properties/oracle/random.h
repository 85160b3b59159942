// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Random: numbers from a seed, the same on every platform and with every compiler. Fully specified
// here, since programs and corpora are named by their seeds.
#pragma once

#include <cstdint>

namespace pei::oracle {

// SplitMix64: small, fast, and fully specified by these few lines.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  [[nodiscard]] std::uint64_t next();
  // Uniform in [0, bound); 0 when bound is 0.
  [[nodiscard]] std::uint64_t below(std::uint64_t bound);
  [[nodiscard]] bool one_in(std::uint64_t n) { return below(n) == 0; }

 private:
  std::uint64_t state_;
};

}  // namespace pei::oracle
