// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Board profiles: which memory a boot finds. Numbers and names are frozen and append-only, because
// programs refer to them. No two boards share an address, so that all can stay mapped, each
// between its own guards.
//
// Every address lies below 2 GiB, so that IA32 builds play the same programs; outside
// 0x20000000-0x3fffffff, where IA32's AddressSanitizer keeps its shadow; and clear of
// 0x38000000 and 0x58000000, where valgrind lies.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace pei::oracle {

// Half-open: [base, base + size). Bytes.
struct Region {
  std::uint64_t base = 0;
  std::uint64_t size = 0;

  [[nodiscard]] constexpr std::uint64_t end() const { return base + size; }
  [[nodiscard]] constexpr bool contains(std::uint64_t address) const {
    return address - base < size;
  }
  // True when [from, from + bytes) lies inside; false when that wraps.
  [[nodiscard]] constexpr bool contains(std::uint64_t from, std::uint64_t bytes) const {
    return from >= base && from - base <= size && bytes <= size - (from - base);
  }
  [[nodiscard]] constexpr bool overlaps(const Region& other) const {
    return base < other.end() && other.base < end();
  }
  friend constexpr bool operator==(const Region&, const Region&) = default;
};

struct BoardProfile {
  std::uint8_t number;
  std::string_view name;       // as a .boot file says it
  std::string_view title;      // one line for people
  Region temporary_ram;        // all of it
  Region heap;                 // PeiTemporaryRamBase/Size
  Region stack;                // SEC's
  std::array<Region, 2> dram;  // permanent memory; a size of 0 means none
};

[[nodiscard]] std::span<const BoardProfile> board_profiles();

}  // namespace pei::oracle
