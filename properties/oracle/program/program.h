// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Program: a board and the ops that are played on it. A plain value: it can be compared, cut,
// printed, and run as often as one likes, always with the same outcome.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "properties/oracle/program/op.h"

namespace hobnail::oracle {

// A program has at most so many ops; each round of a repeated group counts (repeat.h).
inline constexpr std::size_t kOpsMax = 16384;
// Bytes without repeated groups have at most so many, and so has what a generator draws op by op.
inline constexpr std::size_t kOpsUnrolled = 1024;

struct Program {
  std::uint8_t board = 0;    // number of a board profile (board_profile.h), frozen
  std::uint8_t garbage = 0;  // seed of the bytes that memory holds before the boot
  std::vector<Op> ops;
  bool contract = false;  // calls outside of the contract are left out, whatever the target asks

  friend bool operator==(const Program&, const Program&) = default;
};

// Name of the op of a finding (Finding::op): "FreePages"; "end" for the end checks.
[[nodiscard]] inline std::string_view op_name_at(const Program& program, std::size_t op) {
  return op < program.ops.size() ? row_of(program.ops[op].code).name : "end";
}

}  // namespace hobnail::oracle
