// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Variations of a minimal program: the same boot with one thing changed. Those that show the same
// finding tell what its cause does not depend on (cause.h).
//
// Invariant: the call that showed the finding stays the last op of the program.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "properties/oracle/program/program.h"

namespace hobnail {

// What is changed.
enum class Dimension : std::uint8_t { Board, Phase, Type, Size, Place, Order, Kind, ExtraOp };

struct Variation {
  Dimension dimension;
  std::size_t op = 0;  // index of the op that is changed, in the minimal program
  std::string value;   // what it is now, for people: "3", "heap-high", "EfiLoaderData"
  oracle::Program program;
};

// `minimal`: its finding is at the last op, or at the end checks.
[[nodiscard]] std::vector<Variation> variations_of(const oracle::Program& minimal);

}  // namespace hobnail
