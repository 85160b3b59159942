// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What a program gets before its first op is drawn: a board, a weight for each op, and a story, the
// places of the steps that every boot has.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "properties/oracle/generate/generate.h"
#include "properties/oracle/program/op.h"

namespace hobnail::oracle {

inline constexpr std::size_t kOps = 16;  // by number, with room for those to come
using Weights = std::array<std::uint64_t, kOps>;

[[nodiscard]] std::uint64_t& weight_of(Weights& weights, OpCode code);

// A random subset of the ops with random weights, some of it allocating.
[[nodiscard]] Weights draw_weights(Random& random);

[[nodiscard]] OpCode draw_op(Random& random, const Weights& weights);

// Where memory is installed and where the migration happens: 0 to 1/2 of the way, and not long
// after. Some programs end with the hand-off to DXE and to the operating system. An index past the
// end of the program: not at all.
struct Story {
  std::size_t install;
  std::size_t migrate;
  std::size_t hand_off;
  std::size_t exit;
  bool strict;  // no other op of the first two kinds comes before its step
};

[[nodiscard]] Story draw_story(Random& random, std::size_t ops);

[[nodiscard]] std::uint8_t draw_board(Random& random, BoardSet boards);

}  // namespace hobnail::oracle
