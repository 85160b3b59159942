// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// LiveIndex: the allocation table by address, so that a step with many HOBs is drawn in linear
// time.
//
// Invariant: refers to the table that it was made of, which must not change meanwhile.
#pragma once

#include <cstdint>
#include <vector>

#include "properties/oracle/model/model.h"

namespace hobnail {

class LiveIndex {
 public:
  explicit LiveIndex(const std::vector<oracle::Allocation>& live);

  // Pages that share a byte with `where`, or nullptr.
  [[nodiscard]] const oracle::Allocation* pages(const oracle::Region& where) const;
  // The pool buffer, or the HOB of a PEIM, that begins at `body`, or nullptr.
  [[nodiscard]] const oracle::Allocation* body(std::uint64_t body) const;

 private:
  std::vector<const oracle::Allocation*> pages_;   // by address; disjoint
  std::vector<const oracle::Allocation*> bodies_;  // by address
};

}  // namespace hobnail
