// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Unit tests of the core over a list that a PEIM has written into: records that say nonsense or
// hide pages, and cursors in the PHIT that leave the migration no room. Nothing may be given out or
// absorbed that is not certainly free.
#include <gtest/gtest.h>

#include "properties/tests/core/fixed_board.h"

namespace pei::test {
namespace {

class SpoiledList : public testing::Test {
 protected:
  void SetUp() override {
    if (!FixedBoard::is_available()) GTEST_SKIP() << "fixed addresses: Linux on x86 only";
  }

  static EFI_HOB_HANDOFF_INFO_TABLE& phit(const FixedBoard& board) {
    return const_cast<EFI_HOB_HANDOFF_INFO_TABLE&>(board.phit());
  }

  // What a call has appended just now.
  static EFI_HOB_MEMORY_ALLOCATION_HEADER& last_record(const FixedBoard& board) {
    return at<EFI_HOB_MEMORY_ALLOCATION>(board.phit().EfiEndOfHobList - 48)->AllocDescriptor;
  }

  static void put_record(FixedBoard& board, UINT64 base, UINT64 bytes,
                         EFI_MEMORY_TYPE type = EfiLoaderData) {
    const Answer hob = board.create_hob(EFI_HOB_TYPE_MEMORY_ALLOCATION, 48);
    ASSERT_EQ(hob.status, EFI_SUCCESS);
    at<EFI_HOB_MEMORY_ALLOCATION>(hob.out)->AllocDescriptor = {{}, base, bytes, type, {}};
  }
};

TEST_F(SpoiledList, RecordsOfWhatCannotBePagesHaveNoOwner) {
  FixedBoard board;
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 2), ok(0x10006000));
  // Keeps those above, once they are free, out of the gap.
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(0x10005000));
  put_record(board, 0xfffffffffffff000, 0x2000);  // wraps
  put_record(board, 0x10006000, 0x800);           // ends inside a page
  put_record(board, 0x10006000, 0x1800);
  put_record(board, 0x10006000, 0x1001);
  put_record(board, 0x10006800, 0x1800);  // begins inside one
  put_record(board, 0x10006001, 0x1fff);
  put_record(board, 0x10006000, 0);
  EXPECT_EQ(board.free_pages(0xfffffffffffff000, 1), EFI_INVALID_PARAMETER);
  EXPECT_EQ(board.free_pages(0xffffffffffffe000, 1), EFI_NOT_FOUND);
  EXPECT_EQ(board.free_pages(0x10006000, 2), EFI_SUCCESS) << "by the true record";
  EXPECT_EQ(board.free_pages(0x10006000, 1), EFI_NOT_FOUND);
  EXPECT_EQ(board.free_pages(0x10007000, 1), EFI_NOT_FOUND);
}

TEST_F(SpoiledList, RecordsOfNothingKeepNoPagesFromTheGap) {
  FixedBoard board;
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 2), ok(0x10006000));
  put_record(board, 0x10006000, 0);
  put_record(board, 0x10007000, 0);
  EXPECT_EQ(board.free_pages(0x10006000, 2), EFI_SUCCESS);
  EXPECT_EQ(board.phit().EfiFreeMemoryTop, 0x10008000U);
}

TEST_F(SpoiledList, AFreeRecordOfPagesInUseIsOneSlotAndNoMore) {
  FixedBoard board;
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 3), ok(0x10005000));
  put_record(board, 0x10005000, 0x1000, EfiConventionalMemory);
  board.fill_gap(0);
  EXPECT_EQ(board.free_pages(0x10006000, 1), EFI_OUT_OF_RESOURCES) << "two remain";
}

TEST_F(SpoiledList, PagesOfASecondRecordAreNotAbsorbed) {
  FixedBoard board;
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(0x10007000));
  put_record(board, 0x10007000, 0x1000);
  EXPECT_EQ(board.free_pages(0x10007000, 1), EFI_SUCCESS);
  EXPECT_EQ(board.phit().EfiFreeMemoryTop, 0x10007000U);
}

TEST_F(SpoiledList, FreeRecordsThatTouchElsewhereThanAtASeamStayTwo) {
  FixedBoard board;
  ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
  ASSERT_TRUE(board.return_to_dispatcher());
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(kPermanent + 0xff000));
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 2), ok(kPermanent + 0xfd000));
  last_record(board).MemoryType = EfiConventionalMemory;
  last_record(board).MemoryLength = 0x1000;
  put_record(board, kPermanent + 0xfe000, 0x1000, EfiConventionalMemory);
  board.fill_gap(48);
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 2), kOutOfResources);
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(kPermanent + 0xfd000));
}

TEST_F(SpoiledList, PagesWithAHiddenRecordAreNotAbsorbed) {
  FixedBoard board;
  ASSERT_EQ(board.allocate_pages(EfiRuntimeServicesData, 1), ok(0x10007000));
  ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
  ASSERT_EQ(board.allocate_pages(EfiRuntimeServicesData, 1), ok(kPermanent + 0xff000));
  last_record(board).Name.Data1 = 0x31;
  EXPECT_EQ(board.free_pages(0x10007000, 1), EFI_SUCCESS);
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(kPermanent + 0xfe000))
      << "below the hidden one";
}

TEST_F(SpoiledList, AHiddenRecordBelowLivePagesKeepsTheGapWhereItIs) {
  FixedBoard board;
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(0x10007000));
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(0x10006000));
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(0x10005000));
  last_record(board).Name.Data1 = 0x31;
  EXPECT_EQ(board.free_pages(0x10007000, 1), EFI_SUCCESS);
  EXPECT_EQ(board.phit().EfiFreeMemoryTop, 0x10005000U);
  EXPECT_EQ(board.free_pages(0x10006000, 1), EFI_SUCCESS);
  EXPECT_EQ(board.phit().EfiFreeMemoryTop, 0x10005000U);
}

TEST_F(SpoiledList, PagesAboveThoseOfARemovedRecordAreNotAbsorbed) {
  FixedBoard board;
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(0x10007000));
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(0x10006000));
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(0x10005000));
  at<EFI_HOB_MEMORY_ALLOCATION>(board.phit().EfiEndOfHobList - 48)->Header.HobType =
      EFI_HOB_TYPE_UNUSED;
  EXPECT_EQ(board.free_pages(0x10006000, 1), EFI_SUCCESS);
  EXPECT_EQ(board.phit().EfiFreeMemoryTop, 0x10005000U);
}

TEST_F(SpoiledList, MemoryIsRefusedForPagesThatNoneCouldHold) {
  FixedBoard board;
  phit(board).EfiMemoryTop = 0xfffffffffffff000;
  EXPECT_EQ(board.install(kPermanent, 0x100000), EFI_OUT_OF_RESOURCES);
}

TEST_F(SpoiledList, WithoutRoomForItTheMigrationDoesNotBegin) {
  for (const UINT64 top : {kTemporaryRam + 0x200000, 0xfffffffffffff000}) {
    FixedBoard board;
    ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
    phit(board).EfiMemoryTop = top;
    EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 1), kOutOfResources);
    EXPECT_EQ(board.allocate_pool(8), kOutOfResourcesNull);
    EXPECT_FALSE(board.return_to_dispatcher());
  }
  FixedBoard board;
  ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
  phit(board).EfiFreeMemoryTop = phit(board).EfiFreeMemoryBottom;
  EXPECT_FALSE(board.return_to_dispatcher()) << "no slot for the stack's HOB";
}

}  // namespace
}  // namespace pei::test
