// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "properties/oracle/program/bytes/number_forms.h"

#include <array>
#include <initializer_list>

#include "properties/oracle/region.h"

namespace hobnail::oracle {
namespace {

using enum Measure;

// `known` in front, then its first `common` over and over.
template <std::size_t N>
constexpr NumberForms numbers(const std::array<std::uint32_t, N>& known, std::size_t common) {
  std::array<std::uint32_t, NumberForms::kEscape> values{};
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = known[i < N ? i : (i - N) % common];
  return NumberForms(values);
}

// The nine that PEI allocates, most used first; then what it refuses.
constexpr NumberForms kMemoryTypes = numbers(
    std::to_array<std::uint32_t>(
        {4,  3,  6,  5,  10, 9,  0,          2,          1,          7,          8,         11,
         12, 13, 14, 15, 16, 17, 0x6FFFFFFF, 0x70000000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF}),
    9);

// What a PEIM builds, most used first; then what it should not.
constexpr NumberForms kHobTypes =
    numbers(std::to_array<std::uint32_t>({4, 2, 3, 5, 6, 9, 11, 12, 7, 10, 0xFFFE, 1, 0xFFFF, 0, 8,
                                          13, 0x7FFF, 0x8000, 0xFFFD}),
            8);

constexpr NumberForms boot_modes() {
  std::array<std::uint32_t, NumberForms::kEscape> values{};
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<std::uint32_t>(i);
  return NumberForms(values);
}
constexpr NumberForms kBootModes = boot_modes();

// Fills a table front to back.
class QuantityTable {
 public:
  // 0 to 127, 0 and 1 changed: so that zeros, which are what a short input is read with, ask for
  // something.
  constexpr void add_small_numbers() {
    add(Literal, {1, 0});
    for (std::uint64_t value = 2; value < 128; ++value) add(Literal, {value});
  }
  constexpr void add(Measure measure, std::initializer_list<std::uint64_t> list) {
    for (const std::uint64_t value : list) values_[at_++] = Quantity{measure, value};
  }
  constexpr QuantityForms filled_with(Quantity quantity) {
    while (at_ < values_.size()) values_[at_++] = quantity;
    return QuantityForms(values_);
  }

 private:
  std::array<Quantity, QuantityForms::kEscape> values_{};
  std::size_t at_ = 0;
};

constexpr QuantityForms page_counts() {
  QuantityTable table;
  table.add_small_numbers();
  table.add(Whole, {0, 1, minus(1), 2, minus(2), 16, minus(16), 4096});
  table.add(Gap, {0, minus(1), 1, minus(2), 2, minus(3), minus(4), minus(8), minus(15), minus(16),
                  minus(17), minus(32), 8, 16, 48, minus(48), 4096});
  table.add(LargestFree, {0, 1, minus(1), 2, minus(2), 16, minus(16), minus(15)});
  table.add(Leave, {0, 8, 39, 40, 47, 48, 49, 56, 95, 96, 97, 104, 144, 192, 4096, 8192, 65536});
  table.add(Rest, {0, 8, 39, 40, 47, 48, 49, 56, 95, 96, 104, 4088});
  table.add(Needed, {0, 1, minus(1)});
  table.add(Literal, {128, 256, 512, 0x1000, 0x10000, 0x100000, 0xFFFFFFFF, 0x80000000,
                      std::uint64_t{1} << 32, std::uint64_t{1} << 51, kPagesAll - 1, kPagesAll,
                      kPagesAll + 1, std::uint64_t{1} << 63, minus(1)});
  return table.filled_with({Whole, 0});
}

constexpr QuantityForms byte_counts() {
  QuantityTable table;
  table.add_small_numbers();
  table.add(Whole, {0, 1, minus(1), 8, minus(8), 48, minus(48), 4096, minus(4096)});
  table.add(Gap, {0, minus(1), 1, minus(8), 8, minus(16), minus(24), minus(48), 48, minus(56),
                  minus(96), minus(104), 4096, minus(4096)});
  table.add(Leave, {0, 8, 39, 40, 47, 48, 49, 56, 95, 96, 97, 104, 144, 192, 4096});
  table.add(Rest, {0, 8, 39, 40, 47, 48, 49, 56, 95, 96, 104, 4088});
  table.add(Needed, {0, 1, minus(1), 8, minus(8), 48, minus(48), 4096, minus(4096), 0x10000});
  table.add(LargestFree, {0, 1, minus(1)});
  table.add(Literal, {128,
                      136,
                      144,
                      192,
                      256,
                      512,
                      1024,
                      2048,
                      0xFE0,
                      0xFE8,
                      0xFF0,
                      0xFF8,
                      0xFFF,
                      0x1000,
                      0x1001,
                      0x1008,
                      0x2000,
                      0x3000,
                      0x4000,
                      0x8000,
                      0xFFE0,
                      0xFFE8,
                      0xFFF0,
                      0xFFF1,
                      0xFFF7,
                      0xFFF8,
                      0xFFF9,
                      0xFFFF,
                      0x10000,
                      0x20000,
                      0x80000,
                      0x100000,
                      0x1000000,
                      0x80000000,
                      0xFFFFFFFF,
                      0x100000000,
                      std::uint64_t{1} << 63,
                      minus(0x1000),
                      minus(8),
                      minus(1)});
  return table.filled_with({Whole, 0});
}

constexpr QuantityForms kPageCounts = page_counts();
constexpr QuantityForms kByteCounts = byte_counts();

}  // namespace

const NumberForms& number_forms(Operand operand) {
  if (operand == Operand::MemoryType) return kMemoryTypes;
  return operand == Operand::HobType ? kHobTypes : kBootModes;
}

const QuantityForms& quantity_forms(Operand operand) {
  return operand == Operand::Pages ? kPageCounts : kByteCounts;
}

}  // namespace hobnail::oracle
