// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Unit tests of what needs no board: HobList and bytes.
#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <initializer_list>
#include <memory>
#include <numeric>

#include "core/bytes.h"
#include "core/hob_list.h"

namespace pei::test {
namespace {

struct alignas(8) HobBytes {
  std::array<UINT8, 64> bytes = {};
  void put(std::size_t offset, UINT16 type, UINT16 length) {
    const EFI_HOB_GENERIC_HEADER header = {type, length, 0};
    std::memcpy(&bytes[offset], &header, sizeof header);
  }
  // Where a walk ends; all ones when it did not end at END.
  [[nodiscard]] UINTN end_of_walk(std::size_t size) const {
    HobWalk walk(HobList(bytes.data(), size));
    while (walk.on_hob()) walk.advance();
    return walk.is_broken() ? ~UINTN{0} - walk.offset() : walk.offset();
  }
};

constexpr UINTN broken_at(UINTN offset) { return ~UINTN{0} - offset; }

TEST(HobList, WalksToTheEnd) {
  HobBytes list;
  list.put(0, EFI_HOB_TYPE_GUID_EXTENSION, 24);
  list.put(24, EFI_HOB_TYPE_MEMORY_POOL, 8);
  list.put(32, EFI_HOB_TYPE_END_OF_HOB_LIST, 8);
  EXPECT_EQ(list.end_of_walk(64), 32U);
  EXPECT_EQ(list.end_of_walk(40), 32U);
}

TEST(HobList, StopsAtALengthThatCannotBe) {
  for (const UINT16 length : std::initializer_list<UINT16>{0, 1, 7, 9, 12, 48, 0xfff8, 0xffff}) {
    HobBytes list;
    list.put(0, EFI_HOB_TYPE_GUID_EXTENSION, 24);
    list.put(24, EFI_HOB_TYPE_MEMORY_POOL, length);
    EXPECT_EQ(list.end_of_walk(64), broken_at(24)) << length;
  }
}

TEST(HobList, NeverLeavesTheView) {
  HobBytes list;
  list.put(0, EFI_HOB_TYPE_GUID_EXTENSION, 24);
  list.put(24, EFI_HOB_TYPE_MEMORY_POOL, 16);
  list.put(40, EFI_HOB_TYPE_END_OF_HOB_LIST, 8);
  for (std::size_t size = 0; size < 48; ++size) {
    // Exactly as many bytes as the view has, so that AddressSanitizer sees one too many.
    const std::unique_ptr<UINT64[]> exact(new UINT64[size / 8 + 1]);
    std::memcpy(exact.get(), list.bytes.data(), size);
    HobWalk walk(HobList(reinterpret_cast<UINT8*>(exact.get()), size));
    while (walk.on_hob()) walk.advance();
    EXPECT_TRUE(walk.is_broken()) << size;
  }
}

TEST(HobList, FindsNothingInMisalignedBytes) {
  HobBytes list;
  list.put(4, EFI_HOB_TYPE_END_OF_HOB_LIST, 8);
  EXPECT_TRUE(HobWalk(HobList(&list.bytes[4], 60)).is_broken());
}

TEST(HobList, AShortRecordIsNoMemoryAllocation) {
  HobBytes list;
  list.put(0, EFI_HOB_TYPE_MEMORY_ALLOCATION, 40);
  const HobList view(list.bytes.data(), 64);
  EXPECT_EQ(as_memory_allocation(*view.at(0)), nullptr);
  list.put(0, EFI_HOB_TYPE_MEMORY_ALLOCATION, 48);
  EXPECT_NE(as_memory_allocation(*view.at(0)), nullptr);
}

TEST(Bytes, CopyIsMemmoveForAllOverlaps) {
  for (std::size_t to = 0; to <= 20; ++to) {
    for (std::size_t from = 0; from <= 20; ++from) {
      for (std::size_t length = 0; length <= 40; ++length) {
        std::array<UINT8, 64> ours;
        std::iota(ours.begin(), ours.end(), UINT8{0});
        std::array<UINT8, 64> expected = ours;
        copy_bytes(&ours[to], &ours[from], length);
        std::memmove(&expected[to], &expected[from], length);
        ASSERT_EQ(ours, expected) << to << " " << from << " " << length;
      }
    }
  }
}

// Every alignment of the first and of the last byte, with whole words between them.
TEST(Bytes, SetTakesSizeThenValue) {
  for (std::size_t from = 0; from <= 16; ++from) {
    for (std::size_t size = 0; size <= 40; ++size) {
      std::array<UINT8, 64> ours;
      std::iota(ours.begin(), ours.end(), UINT8{0});
      std::array<UINT8, 64> expected = ours;
      set_bytes(&ours[from], size, 0x80);
      std::memset(&expected[from], 0x80, size);
      ASSERT_EQ(ours, expected) << from << " " << size;
    }
  }
}

TEST(Bytes, CopiedToWhereTheyAreTheyAreNotWritten) {
  static const std::array<UINT8, 8> kReadOnly = {1, 2, 3, 4, 5, 6, 7, 8};
  copy_bytes(const_cast<UINT8*>(kReadOnly.data()), kReadOnly.data(), kReadOnly.size());
}

TEST(Bytes, NothingIsWrittenToNull) {
  std::array<UINT8, 8> bytes = {};
  set_bytes(nullptr, 0, 1);
  copy_bytes(nullptr, bytes.data(), 0);
}

}  // namespace
}  // namespace pei::test
