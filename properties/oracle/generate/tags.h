// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Tags: some programs write a Name into the records of pages that they own, as EDK II's
// TagMemoryAllocationHobWithGuid does, and free such pages afterwards, whole and in part.
//
//   p3 = AllocatePages ...; PeimWrite name-of-p3 16 hex ...; FreePages p3+1 1
//
// Invariant: Tags draws numbers of its own, so that the other programs do not depend on it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "properties/oracle/generate/operands.h"
#include "properties/oracle/program/op.h"
#include "properties/oracle/random.h"

namespace hobnail::oracle {

class Tags {
 public:
  explicit Tags(Random random);

  // Counts the results of AllocatePages.
  void note(const Op& op);
  // An op of Tags at a place of the program that is free to choose; nothing at most places.
  [[nodiscard]] std::optional<Op> next();

 private:
  [[nodiscard]] std::vector<std::uint8_t> nearly_known();
  [[nodiscard]] Op write_tag();
  [[nodiscard]] Op free_tagged();

  Random random_;
  bool wanted_;
  std::uint16_t pages_ = 0;
  std::optional<std::uint16_t> tagged_;  // the result that was tagged last
};

}  // namespace hobnail::oracle
