// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Unit tests of what SEC brings beside memory: its PPI list, its HOBs, a start in permanent memory.
#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <vector>

#include "properties/tests/core/fixed_board.h"
#include "properties/tests/core/fixed_platform.h"
#include "properties/tests/core/hob_words.h"

namespace pei::test {
namespace {

class Sec : public testing::Test {
 protected:
  void SetUp() override {
    if (!FixedBoard::is_available()) GTEST_SKIP() << "fixed addresses: x86-64 Linux only";
  }
};
using SecPpiList = Sec;
using SecHobList = Sec;
using InPermanentMemory = Sec;

constexpr EFI_GUID kOther = {0x12345678, 0x1234, 0x1234, {1, 2, 3, 4, 5, 6, 7, 8}};

bool enters(FixedPlatform& platform) { return FixedBoard({.ppis = platform.list()}).entered(); }

TEST_F(SecPpiList, OthersPpisAreNoneOfOurs) {
  FixedPlatform platform;
  EXPECT_TRUE(enters(platform.has_ppi(&kOther, nullptr)));
  // Each differs from one of ours in one field only.
  for (const EFI_GUID* ours :
       {&EFI_PEI_TEMPORARY_RAM_SUPPORT_PPI_GUID, &EFI_SEC_HOB_DATA_PPI_GUID}) {
    std::array<EFI_GUID, 4> near{*ours, *ours, *ours, *ours};
    near[0].Data1 ^= 1;
    near[1].Data2 ^= 1;
    near[2].Data3 ^= 1;
    near[3].Data4[7] ^= 1;
    for (const EFI_GUID& guid : near) {
      FixedPlatform other;
      EXPECT_TRUE(enters(other.has_ppi(&guid, nullptr)));
    }
  }
}

TEST_F(SecPpiList, MayBeEmpty) {
  FixedPlatform platform;
  EXPECT_TRUE(enters(platform.has_no_ppi()));
}

TEST_F(SecPpiList, AListThatIsNoneIsRefused) {
  FixedPlatform no_guid;
  EXPECT_FALSE(enters(no_guid.has_ppi(nullptr, nullptr)));
  void* no_function = nullptr;
  for (const EFI_GUID* guid :
       {&EFI_PEI_TEMPORARY_RAM_SUPPORT_PPI_GUID, &EFI_SEC_HOB_DATA_PPI_GUID}) {
    FixedPlatform no_interface;
    EXPECT_FALSE(enters(no_interface.has_ppi(guid, nullptr)));
    FixedPlatform empty_interface;
    EXPECT_FALSE(enters(empty_interface.has_ppi(guid, &no_function)));
  }
}

TEST_F(SecPpiList, TheWalkEndsEvenIfTheListDoesNot) {
  FixedPlatform longest;
  for (int i = 0; i < 256; ++i) longest.has_ppi(&kOther, nullptr);
  EXPECT_TRUE(enters(longest));
  FixedPlatform longer;
  for (int i = 0; i < 257; ++i) longer.has_ppi(&kOther, nullptr);
  EXPECT_FALSE(enters(longer));
}

TEST_F(SecPpiList, OfTwoAlikeTheFirstCounts) {
  alignas(8) constexpr std::array<UINT64, 4> kHobs{0x0000'0010'0004, 1, 0x0000'0008'ffff, 0};
  FixedPlatform platform;
  void* other_support = at<void>(0x10);
  void* other_hobs = at<void>(0x10);
  platform.has_hobs(kHobs.data()).copies(Copying::kSwapped);
  platform.has_ppi(&EFI_PEI_TEMPORARY_RAM_SUPPORT_PPI_GUID, &other_support);
  platform.has_ppi(&EFI_SEC_HOB_DATA_PPI_GUID, &other_hobs);
  FixedBoard board({.ppis = platform.list()});
  ASSERT_TRUE(board.entered());
  ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
  EXPECT_TRUE(board.return_to_dispatcher());
}

// The board fills its memory with garbage, so the list comes about when it is asked for.
bool enters_with_list_at(UINT64 place, const std::vector<UINT64>& hobs) {
  static UINT64 wanted;
  static const std::vector<UINT64>* words;
  wanted = place;
  words = &hobs;
  static const EFI_SEC_HOB_DATA_PPI kPpi = {
      [](const EFI_SEC_HOB_DATA_PPI*, EFI_HOB_GENERIC_HEADER** list) EFIAPI -> EFI_STATUS {
        std::memcpy(at<void>(wanted), words->data(), words->size() * sizeof(UINT64));
        *list = at<EFI_HOB_GENERIC_HEADER>(wanted);
        return EFI_SUCCESS;
      }};
  FixedPlatform platform;
  platform.has_ppi(&EFI_SEC_HOB_DATA_PPI_GUID, const_cast<EFI_SEC_HOB_DATA_PPI*>(&kPpi));
  const Layout layout = {
      .heap = kTemporaryRam + 0x4000, .heap_bytes = 0x4000, .ppis = platform.list()};
  return FixedBoard(layout).entered();
}

// SEC's HOBs are written down as words (hob_words.h).
template <std::size_t kWords>
bool enters_with(const std::array<UINT64, kWords>& hobs) {
  alignas(8) const std::array<UINT64, kWords> aligned = hobs;  // IA32's stack gives no more than 4
  FixedPlatform platform;
  return enters(platform.has_hobs(aligned.data()));
}

TEST_F(SecHobList, StandsBehindThePhitFromTheStart) {
  alignas(8) const std::array<UINT64, 10> hobs{header(4, 24), 0x1111, 0x2222, header(0xfffe, 48),
                                               0x3333,        0x4444, 0x5555, 0x6666,
                                               0x7777,        kEnd};
  FixedPlatform platform;
  FixedBoard board({.ppis = platform.has_hobs(hobs.data()).list()});
  ASSERT_TRUE(board.entered());
  EXPECT_EQ(std::memcmp(at<void>(kTemporaryRam + 56), hobs.data(), sizeof hobs), 0);
  EXPECT_EQ(board.phit().EfiEndOfHobList, kTemporaryRam + 56 + sizeof hobs - 8);
  EXPECT_EQ(board.phit().EfiFreeMemoryBottom, kTemporaryRam + 56 + sizeof hobs);
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 1).status, EFI_SUCCESS);
  EXPECT_EQ(board.phit().EfiFreeMemoryBottom, kTemporaryRam + 56 + sizeof hobs)
      << "the unused HOB of 48 bytes is a slot";
}

TEST_F(SecHobList, NoHobsAreFineAndNoListIsNot) {
  EXPECT_TRUE(enters_with(std::array{kEnd}));
  FixedPlatform none;
  EXPECT_TRUE(enters(none.has_hobs(nullptr, EFI_NOT_FOUND)));
  FixedPlatform null;
  EXPECT_FALSE(enters(null.has_hobs(nullptr)));
}

TEST_F(SecHobList, IsJudgedHobByHob) {
  EXPECT_TRUE(enters_with(std::array{header(4, 16), UINT64{0}, kEnd}));
  EXPECT_FALSE(enters_with(std::array{header(4, 0), UINT64{0}, kEnd}));
  EXPECT_FALSE(enters_with(std::array{header(4, 7), UINT64{0}, kEnd}));
  EXPECT_FALSE(enters_with(std::array{header(4, 12), UINT64{0}, kEnd}));
  EXPECT_FALSE(enters_with(std::array{header(EFI_HOB_TYPE_HANDOFF, 16), UINT64{0}, kEnd}));
  EXPECT_FALSE(enters_with(std::array{header(2, 16), UINT64{0}, kEnd})) << "no room for a range";
  EXPECT_TRUE(enters_with(std::array<UINT64, 7>{header(2, 48), 0, 0, 0, 0, 0, kEnd}));
}

TEST_F(SecHobList, MustLieOutsideOfTheHeapAndOnAWord) {
  const std::array<UINT64, 2> hobs{kEnd, kEnd};
  FixedPlatform odd;
  EXPECT_FALSE(enters(odd.has_hobs(reinterpret_cast<const UINT8*>(hobs.data()) + 4)));
  FixedPlatform at_the_end_of_memory;
  EXPECT_FALSE(enters(at_the_end_of_memory.has_hobs(at<void>(~UINT64{7}))));
  EXPECT_FALSE(enters_with_list_at(kTemporaryRam + 0x6000, {kEnd}));
}

TEST_F(SecHobList, MayEndWhereTheHeapBeginsAndBeginWhereItEnds) {
  const std::vector<UINT64> hobs{header(4, 16), 0, kEnd};
  EXPECT_TRUE(enters_with_list_at(kTemporaryRam + 0x4000 - 8, {kEnd}));
  EXPECT_TRUE(enters_with_list_at(kTemporaryRam + 0x4000 - 24, hobs));
  EXPECT_FALSE(enters_with_list_at(kTemporaryRam + 0x4000, {kEnd}));
  EXPECT_FALSE(enters_with_list_at(kTemporaryRam + 0x4000 - 16, hobs)) << "only END is in it";
  EXPECT_FALSE(enters_with_list_at(kTemporaryRam + 0x7ff8, {kEnd}));
  EXPECT_FALSE(enters_with_list_at(kTemporaryRam + 0x7ff8, hobs)) << "only its first word is";
  EXPECT_TRUE(enters_with_list_at(kTemporaryRam + 0x8000, {kEnd}));
  EXPECT_TRUE(enters_with_list_at(kTemporaryRam + 0x8000, hobs));
}

TEST_F(SecHobList, MayFillTheHeapToTheLastByte) {
  std::array<UINT64, 0x201> hobs{};  // 0x1000 bytes and END
  hobs.back() = kEnd;
  for (const UINT64 excess : {0U, 8U}) {
    for (const UINT64 part_of_a_page : {0U, 0x800U}) {  // above the part that PEI manages
      hobs[0] = header(4, 0x1000);
      FixedPlatform platform;
      platform.has_hobs(hobs.data());
      const FixedBoard board({.heap = kTemporaryRam + 0xfc0 + excess,
                              .heap_bytes = 0x1040 - excess + part_of_a_page,
                              .ppis = platform.list()});
      EXPECT_EQ(board.entered(), excess == 0);
      if (board.entered()) {
        EXPECT_EQ(board.gap(), 0U);
      }
    }
  }
}

TEST_F(InPermanentMemory, NothingMigratesAndTheStackIsRecorded) {
  FixedPlatform platform;
  FixedBoard board({.ppis = platform.in_permanent_memory().list()});
  ASSERT_TRUE(board.entered());
  EXPECT_EQ(board.records(), "stack:10008000+8000:4");
  EXPECT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS) << "ignored, as a second one is";
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(kTemporaryRam + 0x7000));
  const EFI_PEI_SERVICES** const services = board.services();
  ASSERT_TRUE(board.return_to_dispatcher());
  EXPECT_EQ(board.services(), services);
  EXPECT_EQ(board.free_pages(kTemporaryRam + 0x8000, 1), EFI_NOT_FOUND);
}

TEST_F(InPermanentMemory, TheRecordCoversAllPagesOfTheStackThatAreNotTheHeaps) {
  const auto records = [](UINT64 heap, UINT64 stack, UINT64 stack_bytes) {
    FixedPlatform platform;
    const FixedBoard board({.heap = heap,
                            .heap_bytes = 0x4000,
                            .stack = stack,
                            .stack_bytes = stack_bytes,
                            .ppis = platform.in_permanent_memory().list()});
    return board.entered() ? board.records() : "refused";
  };
  EXPECT_EQ(records(kTemporaryRam, kTemporaryRam + 0x8800, 0x1000), "stack:10008000+2000:4");
  EXPECT_EQ(records(kTemporaryRam, kTemporaryRam + 0x8801, 0xfff), "stack:10008000+2000:4");
  EXPECT_EQ(records(kTemporaryRam + 0x4800, kTemporaryRam + 0x2800, 0x2000),
            "stack:10002000+2000:4");
  EXPECT_EQ(records(kTemporaryRam + 0x800, kTemporaryRam + 0x4800, 0x1000), "stack:10004000+2000:4")
      << "the heap's last part of a page has no owner";
  EXPECT_EQ(records(kTemporaryRam + 0x4f00, kTemporaryRam + 0x4000, 0xf00), "");
}

TEST_F(InPermanentMemory, NeedsRoomForTheRecord) {
  for (const UINT64 bytes : {0x40U, 0x70U}) {
    FixedPlatform platform;
    const FixedBoard board({.heap = kTemporaryRam + 0x1000 - bytes,
                            .heap_bytes = bytes,
                            .ppis = platform.in_permanent_memory().list()});
    EXPECT_EQ(board.entered(), bytes == 0x70);
  }
}

TEST_F(InPermanentMemory, NeedsRoomForTheRecordBehindSecsHobs) {
  std::array<UINT64, 0x201> hobs{};  // 0x1000 bytes and END
  hobs.front() = header(4, 0x1000);
  hobs.back() = kEnd;
  for (const UINT64 missing : {0U, 8U, 40U, 48U}) {
    FixedPlatform platform;
    platform.has_hobs(hobs.data()).in_permanent_memory();
    const FixedBoard board({.heap = kTemporaryRam + 0xf90 + missing,
                            .heap_bytes = 0x1070 - missing,
                            .ppis = platform.list()});
    EXPECT_EQ(board.entered(), missing == 0) << missing;
    if (board.entered()) {
      EXPECT_EQ(board.records(), "stack:10008000+8000:4");
      EXPECT_EQ(board.gap(), 0U);
    }
  }
}

}  // namespace
}  // namespace pei::test
