// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The HOB list of a step, a line a HOB.
#pragma once

#include <cstdint>
#include <vector>

#include "fuzz/boot_view/live_index.h"
#include "fuzz/boot_view/pei_claims.h"

namespace hobnail {

// HobLines of one step after the other. What has not changed is described once, and the steps
// share it: a boot of n ops that makes n HOBs is recorded in little more than linear time.
class HobLineMaker {
 public:
  // Names that are no longer in the allocation table are those of the step before.
  [[nodiscard]] HobLines lines(const ListNow& list, const LiveIndex& live);

 private:
  [[nodiscard]] bool has_same_bytes(const ListNow& list, std::size_t index) const;

  HobLines last_;
  std::uint64_t base_ = 0;           // of the list of `last_`
  std::vector<std::uint8_t> bytes_;  // of that list
};

}  // namespace hobnail
