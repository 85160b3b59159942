// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// ShortForms: a frozen table of the dense bytes, what each value of an operand's first byte stands
// for.
//
//   operand byte   [0, escape)     a short form: the value that the table holds there
//                  [escape, 255]   an escape: the value follows in full
//
// Invariant: nothing in such a table changes for as long as a version is read that has it. A value
// may stand in a table more than once, so that mutation meets it more often; its lowest byte is the
// canonical one.
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "properties/oracle/program/op.h"

namespace hobnail::oracle {

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

}  // namespace hobnail::oracle
