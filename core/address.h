// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Physical addresses, page arithmetic and ranges of addresses.
//
// Invariant: nothing here wraps. An AddressRange ends at 2^64 - 1 at most, by construction; a sum
// or a rounding that could go past that answers with a Maybe. Rounding is named in the function.
#pragma once

#include <limits>

#include "core/maybe.h"
#include "core/panic.h"
#include "core/pi/types.h"

namespace pei {

inline constexpr UINT64 kPageBytes = EFI_PAGE_SIZE;
inline constexpr UINT64 kHighestAddress = std::numeric_limits<UINT64>::max();

constexpr bool is_power_of_two(UINT64 value) { return value != 0 && (value & (value - 1)) == 0; }

// `alignment` is a power of two here and below.
constexpr UINT64 align_down(UINT64 address, UINT64 alignment) { return address & ~(alignment - 1); }

constexpr bool is_aligned(UINT64 address, UINT64 alignment) {
  return align_down(address, alignment) == address;
}

// The sum, or nothing when it is 2^64 or more.
constexpr Maybe<UINT64> add(UINT64 left, UINT64 right) {
  if (right > kHighestAddress - left) return {};
  return left + right;
}

// The next multiple of `alignment`, or nothing when that is 2^64.
constexpr Maybe<UINT64> align_up(UINT64 address, UINT64 alignment) {
  const Maybe<UINT64> beyond = add(address, alignment - 1);
  if (!beyond) return {};
  return align_down(*beyond, alignment);
}

// Bytes of so many pages of 4 KiB, or nothing when a native word cannot hold the number.
constexpr Maybe<UINT64> pages_to_bytes(UINT64 pages) {
  if (pages > (std::numeric_limits<UINTN>::max() >> EFI_PAGE_SHIFT)) return {};
  return pages << EFI_PAGE_SHIFT;
}

// Half-open: [base, end). The default is empty, at 0.
class AddressRange {
 public:
  constexpr AddressRange() = default;

  // [base, base + size_bytes), or nothing when the end is 2^64 or more.
  static constexpr Maybe<AddressRange> sized(UINT64 base, UINT64 size_bytes) {
    const Maybe<UINT64> end = add(base, size_bytes);
    if (!end) return {};
    return AddressRange(base, *end);
  }

  // [base, end). Asserts that they are in order.
  static constexpr AddressRange between(UINT64 base, UINT64 end) {
    PEI_ASSERT(base <= end);
    return AddressRange(base, end);
  }

  [[nodiscard]] constexpr UINT64 base() const { return base_; }
  [[nodiscard]] constexpr UINT64 end() const { return end_; }
  [[nodiscard]] constexpr UINT64 size_bytes() const { return end_ - base_; }
  [[nodiscard]] constexpr bool empty() const { return base_ == end_; }

  [[nodiscard]] constexpr bool contains(UINT64 address) const {
    return address >= base_ && address < end_;
  }
  // An empty range is contained wherever its base is not outside.
  [[nodiscard]] constexpr bool contains(const AddressRange& other) const {
    return other.base_ >= base_ && other.end_ <= end_;
  }
  // An empty range overlaps nothing.
  [[nodiscard]] constexpr bool overlaps(const AddressRange& other) const {
    return !empty() && !other.empty() && base_ < other.end_ && other.base_ < end_;
  }
  // True when every address of it can be a pointer on this processor.
  [[nodiscard]] constexpr bool is_addressable() const {
    return empty() || end_ - 1 <= std::numeric_limits<UINTN>::max();
  }

 private:
  constexpr AddressRange(UINT64 base, UINT64 end) : base_(base), end_(end) {}

  UINT64 base_ = 0;
  UINT64 end_ = 0;
};

// What lies at an address. The caller has checked that the address fits a native word.
template <typename T>
T* at_address(UINT64 address) {
  return reinterpret_cast<T*>(static_cast<UINTN>(address));
}

inline UINT64 address_of(const volatile void* pointer) { return reinterpret_cast<UINTN>(pointer); }

static_assert(align_down(0x1fff, 0x1000) == 0x1000 && *align_up(0x1001, 0x1000) == 0x2000);
static_assert(*align_up(kHighestAddress - 0xfff, 0x1000) == kHighestAddress - 0xfff);
static_assert(!align_up(kHighestAddress - 0xffe, 0x1000) && !add(kHighestAddress, 1));
static_assert(*pages_to_bytes(3) == 0x3000);
static_assert(!pages_to_bytes((std::numeric_limits<UINTN>::max() >> EFI_PAGE_SHIFT) + 1));
static_assert(!AddressRange::sized(kHighestAddress - 0xfff, 0x1000));
static_assert(AddressRange::sized(kHighestAddress - 0x1fff, 0x1000));
static_assert(AddressRange::between(2, 4).overlaps(AddressRange::between(3, 9)));
static_assert(!AddressRange::between(2, 4).overlaps(AddressRange::between(4, 9)));
static_assert(!AddressRange::between(2, 4).overlaps(AddressRange::between(3, 3)));
static_assert(AddressRange::between(2, 4).contains(AddressRange::between(2, 4)));
static_assert(!AddressRange::between(2, 4).contains(4));

}  // namespace pei
