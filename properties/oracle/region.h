// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Region: a range of addresses, its page arithmetic and its one spelling in text: [0x1000, 0x3000)
//
// Invariant: a region is half-open, [base, base + size), and counts bytes.
#pragma once

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace hobnail::oracle {

// EFI_PAGE_SIZE (UEFI 2.10, 7.2).
inline constexpr std::uint64_t kPage = 0x1000;
// Pages of 2^64 bytes.
inline constexpr std::uint64_t kPagesAll = std::uint64_t{1} << 52;

// `granule`: a power of two.
[[nodiscard]] constexpr std::uint64_t round_down(std::uint64_t value, std::uint64_t granule) {
  return value & ~(granule - 1);
}
// Wraps to 0 above the last granule.
[[nodiscard]] constexpr std::uint64_t round_up(std::uint64_t value, std::uint64_t granule) {
  return round_down(value + granule - 1, granule);
}

// The whole pages of an address or a count of bytes.
[[nodiscard]] constexpr std::uint64_t page_down(std::uint64_t value) {
  return round_down(value, kPage);
}
[[nodiscard]] constexpr std::uint64_t page_up(std::uint64_t value) {
  return round_up(value, kPage);
}
// A distance downwards: addresses and counts are unsigned, and wrap.
[[nodiscard]] constexpr std::uint64_t minus(std::uint64_t value) { return 0 - value; }
// A count of bytes for the functions of C++; in a 32-bit build std::size_t is narrower.
[[nodiscard]] constexpr std::size_t sized(std::uint64_t bytes) {
  return static_cast<std::size_t>(bytes);
}

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

// From one address up to another; empty when that lies below.
[[nodiscard]] constexpr Region between(std::uint64_t from, std::uint64_t to) {
  return from < to ? Region{from, to - from} : Region{};
}

// What both have; empty when they share nothing.
[[nodiscard]] constexpr Region common(const Region& one, const Region& other) {
  return between(std::max(one.base, other.base), std::min(one.end(), other.end()));
}

// The smallest region with all of both.
[[nodiscard]] constexpr Region hull(const Region& one, const Region& other) {
  if (one.size == 0 || other.size == 0) return one.size == 0 ? other : one;
  const std::uint64_t base = std::min(one.base, other.base);
  return {base, std::max(one.end(), other.end()) - base};
}

// What of `whole` lies below `part`, and what above it; either may be empty.
[[nodiscard]] constexpr std::array<Region, 2> beside(const Region& whole, const Region& part) {
  return {between(whole.base, std::min(whole.end(), part.base)),
          between(std::max(whole.base, part.end()), whole.end())};
}

// The pages of 4 KiB that a region touches.
[[nodiscard]] constexpr Region pages_touched_by(const Region& region) {
  const std::uint64_t base = round_down(region.base, kPage);
  return {base, round_up(region.end(), kPage) - base};
}

}  // namespace hobnail::oracle

template <>
struct fmt::formatter<hobnail::oracle::Region> {
  static constexpr auto parse(format_parse_context& context) { return context.begin(); }
  template <typename Context>
  auto format(const hobnail::oracle::Region& region, Context& context) const {
    // fmt::format is compiled in fmt; format_to would compile all of fmt's engine in every file.
    const std::string text = fmt::format("[{:#x}, {:#x})", region.base, region.end());
    return std::copy(text.begin(), text.end(), context.out());
  }
};
