// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What reader and writer of a HobListInput's bytes agree on. Frozen: seeds of earlier runs are read
// with the same tables.
#pragma once

#include "properties/oracle/hob_list_input/list_input.h"

namespace hobnail::oracle {

// First bytes of an address or a length: a number of pages, a special value, or one that follows.
inline constexpr std::uint8_t kPagesTop = 0xDF;
inline constexpr std::uint8_t kSpecialTop = 0xEF;
inline constexpr std::uint8_t kLiteral = 0xF0;
inline constexpr std::uint8_t kBytesFrom = 0xF1;
inline constexpr std::uint8_t kPagesFrom = 0xF2;
inline constexpr std::uint8_t kNear = 0xF9;  // 0xF3 to 0xFF: pages from the end before, -6 to 6
inline constexpr std::uint64_t kOrigin = 0x100000;

inline constexpr std::uint64_t kSpecials[kSpecialTop - kPagesTop] = {
    0xFFFFFFFFFFFFFFFF,
    0xFFFFFFFFFFFFF000,
    0xFFFFFFFFFFFFFFF8,
    0xFFFFFFFFFFFFE000,
    0x8000000000000000,
    0x7FFFFFFFFFFFF000,
    0x100000000,
    0xFFFFF000,
    0x10000000000,
    0x1000000000000,
    1,
    7,
    8,
    0xFFF,
    0x1001,
    0x10000000,
};

// Variants of records. 15 in the low half: the field follows.
inline constexpr unsigned kFollows = 15;
inline constexpr unsigned kPatch = 13;
inline constexpr unsigned kPatchOfHob = 14;
inline constexpr unsigned kGive = 15;
inline constexpr std::int64_t kGiveMax = 0x20000;

struct ResourceForm {
  std::uint32_t type, attribute;
  KnownGuid owner;
};
// A resource's type that follows has this bit where the HOB is of the second version.
inline constexpr std::uint64_t kSecondVersion = std::uint64_t{1} << 32;
inline constexpr ResourceForm kResourceForms[kFollows] = {
    {0, 0x7, KnownGuid::None},       {0, 0x3c07, KnownGuid::None},
    {0, 0x3, KnownGuid::None},       {0, 0x1, KnownGuid::None},
    {0, 0x800007, KnownGuid::None},  {0, 0x7, KnownGuid::MemoryTypeInformation},
    {1, 0x407, KnownGuid::None},     {2, 0x7, KnownGuid::None},
    {3, 0x407, KnownGuid::None},     {4, 0x407, KnownGuid::None},
    {5, 0x407, KnownGuid::None},     {7, 0x7, KnownGuid::None},
    {0, 0x8000007, KnownGuid::None}, {0, 0x2000407, KnownGuid::None},
    {0, 0x5, KnownGuid::None},
};
inline constexpr std::uint8_t kCpuBits[kFollows] = {40, 48, 36, 32, 64, 52, 57, 63,
                                                    39, 21, 12, 11, 0,  65, 255};
inline constexpr std::uint16_t kRawTypes[kFollows] = {1, 2,  3,  4,  5,      6,      7, 8,
                                                      9, 10, 11, 12, 0xFFFE, 0xFFFF, 0};

}  // namespace hobnail::oracle
