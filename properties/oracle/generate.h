// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The swarm generator: whole programs from a seed, for RapidCheck, for the seeds and for the
// mutator. Own random numbers and bounded integers, so that a seed means the same program on every
// platform.
#pragma once

#include <cstddef>
#include <cstdint>

#include "properties/oracle/program.h"

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

// A program of up to `ops_max` ops. A random subset of the ops is drawn with random weights (swarm
// testing), so that programs differ in kind and not only in detail.
[[nodiscard]] Program generate_program(Random& random, std::size_t ops_max);

}  // namespace pei::oracle
