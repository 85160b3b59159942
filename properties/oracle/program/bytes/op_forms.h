// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// OpForm: what an opcode byte stands for, and the other small tables of a byte: bodies and boards.
//
// Invariant: frozen, for as long as a version is read that has it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "properties/oracle/program/op.h"

namespace hobnail::oracle {

// What an opcode says beyond its op. Bits.
inline constexpr std::uint8_t kNullOut = 1;        // the out-parameter is NULL
inline constexpr std::uint8_t kWithData = 2;       // the data operand is present
inline constexpr std::uint8_t kWithBody = 4;       // the body operand is present
inline constexpr std::uint8_t kSpelledOut = 8;     // a byte of the three bits above follows
inline constexpr std::uint8_t kWholeOfDram0 = 16;  // its operands are `dram0 whole`, not written

// From version 3 on, outside of a group: an opcode that begins one.
inline constexpr std::uint8_t kRepeat = 26;

inline constexpr Place kDram0{Anchor::Dram, 0, false, 0};
inline constexpr Quantity kWhole{Measure::Whole, 0};

struct OpForm {
  OpCode code;
  std::uint8_t extras;

  friend constexpr bool operator==(const OpForm&, const OpForm&) = default;
};

[[nodiscard]] const OpForm& op_form(std::uint8_t opcode);
// The canonical opcode of this form, if it has one.
[[nodiscard]] std::optional<std::uint8_t> opcode_of(const OpForm& form);

// Of eight, by the low bits of a byte.
[[nodiscard]] HobBody body_form(std::uint8_t byte);

// A board for every byte. The common ones prevail; those that take long to set up, that not every
// build has, or that are newer than the table of the bytes from 128 on are met only by their own
// numbers. Version 1 knows the first eight; in version 2 the bytes below 128 are numbers, some
// still without a board.
[[nodiscard]] std::uint8_t board_form(std::uint8_t version, std::uint8_t byte);
// The oldest version that can name the board.
[[nodiscard]] std::uint8_t version_with_board(std::uint8_t number);

}  // namespace hobnail::oracle
