// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// SecondResources: the platform of some programs describes memory with resource descriptors of the
// second version, alone or beside one of the first version for the same range.
//
//   CreateHob ResourceDescriptor 48 ...      then, in the next free place:
//   CreateHob 0x000D 56 ...                  the same 40 bytes of body, and the memory attributes
//
// Invariant: SecondResources draws numbers of its own, so that the other programs do not depend on
// it.
#pragma once

#include <cstdint>
#include <optional>

#include "properties/oracle/program/op.h"
#include "properties/oracle/random.h"

namespace hobnail::oracle {

class SecondResources {
 public:
  SecondResources(Random random, std::uint8_t board);

  // An op of its own at a place of the program that is free to choose; nothing at most places.
  [[nodiscard]] std::optional<Op> next();
  // Some resource descriptors become those of the second version, or get one beside them.
  void choose_version(Op& op);

 private:
  [[nodiscard]] Op some_resource();
  [[nodiscard]] Op second_of(Op op);

  Random random_;
  std::uint8_t board_;
  bool wanted_;
  std::optional<Op> beside_;  // the second version of the resource that was drawn last
};

}  // namespace hobnail::oracle
