// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Board profiles: which memory a boot finds. Numbers and names are frozen and append-only, because
// programs refer to them. No two boards share an address, so that all can stay mapped, each
// between its own guards.
//
// The addresses lie below 2 GiB, so that IA32 builds run the same programs; outside
// 0x20000000-0x3fffffff, guards included, where IA32's AddressSanitizer keeps its shadow; and clear
// of 0x38000000 and 0x58000000, where valgrind lies, and of 0x56000000 to 0x5fffffff, where IA32
// programs do.
//
// Three boards have higher addresses, and not every build can map them:
//
//   0x7fff8000 ... 0x10007fff7fff   AddressSanitizer's own on x86-64: neither the last bytes below
//                                   4 GiB nor the first above can be memory there
//   0x10007fff8000 and up           free with it and without
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "properties/oracle/region.h"

namespace hobnail::oracle {

// What else is particular about a board. Bits.
using Traits = std::uint8_t;
inline constexpr Traits kPlatformMoves = 1;    // SEC lists EFI_PEI_TEMPORARY_RAM_SUPPORT_PPI
inline constexpr Traits kRamEndsWithMove = 2;  // which takes temporary RAM away when it has moved
inline constexpr Traits kInMemory = 4;         // SEC lists EFI_PEI_PERMANENT_MEMORY_INSTALLED_PPI
inline constexpr Traits kSecHobs = 8;          // SEC lists EFI_SEC_HOB_DATA_PPI
inline constexpr Traits kMayDecline = 16;      // an implementation may lack what the board asks for
inline constexpr Traits kMustDecline = 32;     // no HOB list fits: `enter` returns NULL
inline constexpr Traits kPlainCopy = 64;    // the platform keeps the order that temporary RAM has
inline constexpr Traits kLongSecHob = 128;  // one of SEC's HOBs is longer than a page

// A heap of this size or more holds any PEI core's first HOBs; below, a target may decline.
inline constexpr std::uint64_t kHeapForAll = 0x8000;

struct BoardProfile {
  std::uint8_t number;
  std::string_view name;       // as in a .boot file
  std::string_view title;      // one line for people
  Region temporary_ram;        // all of it
  Region heap;                 // PeiTemporaryRamBase/Size
  Region stack;                // SEC's, in temporary RAM or apart from it
  std::array<Region, 2> dram;  // permanent memory; a size of 0 means none
  Traits traits = 0;

  [[nodiscard]] constexpr bool has(Traits trait) const { return (traits & trait) != 0; }
  [[nodiscard]] constexpr bool stack_is_outside() const { return !temporary_ram.overlaps(stack); }
  // True for what is gone after the migration.
  [[nodiscard]] constexpr bool is_temporary(std::uint64_t address) const {
    return temporary_ram.contains(address) || stack.contains(address);
  }
  // What of temporary RAM is neither heap nor stack, lowest first: SEC's own data. Any may be
  // empty.
  [[nodiscard]] std::array<Region, 3> holes() const;
  [[nodiscard]] std::uint64_t hole_bytes() const;
};

[[nodiscard]] std::span<const BoardProfile> board_profiles();
// All addresses of this process's table are so many bytes higher from now on: for Board::shift_all.
void shift_board_profiles(std::uint64_t bytes);

// The reason why this build cannot map the board; empty when it can.
[[nodiscard]] std::string_view missing_in_this_build(const BoardProfile& profile);

}  // namespace hobnail::oracle
