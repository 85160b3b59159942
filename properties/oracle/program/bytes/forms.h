// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The frozen tables of the dense bytes: what each value of an opcode byte, and of the first byte of
// an operand, stands for.
//
//   operand byte   [0, escape)     a short form: the value that the table holds there
//                  [escape, 255]   an escape: the value follows in full
//
// Invariant: nothing in here changes for as long as a version is read that has it. A value may
// stand in a table more than once, so that mutation meets it more often; its lowest byte is the
// canonical one.
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "properties/oracle/program/op.h"

namespace pei::oracle {

// What an opcode says beyond its op. Bits.
inline constexpr std::uint8_t kNullOut = 1;        // the out-parameter is NULL
inline constexpr std::uint8_t kWithData = 2;       // the data operand is present
inline constexpr std::uint8_t kWithBody = 4;       // the body operand is present
inline constexpr std::uint8_t kSpelledOut = 8;     // a byte of the three bits above follows
inline constexpr std::uint8_t kWholeOfDram0 = 16;  // its operands are `dram0 whole`, not written

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

// A value as two numbers that compare.
struct FormKey {
  std::uint64_t kind = 0;
  std::uint64_t value = 0;

  friend constexpr auto operator<=>(const FormKey&, const FormKey&) = default;
};

constexpr FormKey key_of(std::uint32_t number) { return {0, number}; }
constexpr FormKey key_of(const Quantity& quantity) {
  return {static_cast<std::uint64_t>(quantity.measure), quantity.value};
}
constexpr FormKey key_of(const Place& place) {
  const auto anchor = static_cast<std::uint64_t>(place.anchor);
  return {anchor << 20 | std::uint64_t{place.index} << 1 | (place.in_pages ? 1u : 0u),
          place.offset};
}

// The short forms of one kind of operand: byte -> value by table, value -> lowest byte by search.
template <typename Value, std::size_t Escape>
class ShortForms {
 public:
  static constexpr std::size_t kEscape = Escape;

  constexpr explicit ShortForms(const std::array<Value, Escape>& values) : values_(values) {
    for (std::size_t i = 0; i < Escape; ++i) order_[i] = static_cast<std::uint8_t>(i);
    std::sort(order_.begin(), order_.end(), [this](std::uint8_t a, std::uint8_t b) {
      const auto order = key_of(values_[a]) <=> key_of(values_[b]);
      return order == 0 ? a < b : order < 0;
    });
  }

  [[nodiscard]] constexpr const Value& operator[](std::uint8_t byte) const { return values_[byte]; }

  [[nodiscard]] constexpr std::optional<std::uint8_t> byte_of(const Value& value) const {
    const FormKey key = key_of(value);
    const auto found =
        std::lower_bound(order_.begin(), order_.end(), key,
                         [this](std::uint8_t a, FormKey b) { return key_of(values_[a]) < b; });
    if (found == order_.end() || key_of(values_[*found]) != key) return std::nullopt;
    return *found;
  }

 private:
  std::array<Value, Escape> values_;
  std::array<std::uint8_t, Escape> order_{};
};

// Places: escape + anchor, and escape + 16 + anchor when the offset counts bytes where the operand
// would count pages (`&p0`).
using PlaceForms = ShortForms<Place, 0xE0>;
inline constexpr std::uint8_t kCountsBytes = 16;
[[nodiscard]] const PlaceForms& place_forms(Operand operand);

// Quantities: escape + measure; the last byte is a literal once more.
using QuantityForms = ShortForms<Quantity, 0xF8>;
[[nodiscard]] const QuantityForms& quantity_forms(Operand operand);

using NumberForms = ShortForms<std::uint32_t, 0xFF>;
[[nodiscard]] const NumberForms& number_forms(Operand operand);

// Of eight, by the low bits of a byte.
[[nodiscard]] HobBody body_form(std::uint8_t byte);

// A board for every byte. The common ones prevail; those that take long to set up, or that not
// every build has, are met only by their own numbers. Version 1 knows the first eight; in version 2
// the bytes below 128 are numbers, some still without a board.
[[nodiscard]] std::uint8_t board_form(std::uint8_t version, std::uint8_t byte);
// The oldest version that can name the board.
[[nodiscard]] std::uint8_t version_with_board(std::uint8_t number);

}  // namespace pei::oracle
