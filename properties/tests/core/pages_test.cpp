// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Unit tests of AllocatePages and FreePages: refusals, slots, merging, 64 KiB granularity.
#include <gtest/gtest.h>

#include <cstring>

#include "properties/tests/core/fixed_board.h"

namespace pei::test {
namespace {

class Pages : public testing::Test {
 protected:
  void SetUp() override {
    if (!FixedBoard::is_available()) GTEST_SKIP() << "fixed addresses: Linux on x86 only";
  }
};
using Granularity64K = Pages;

// So many pages have one byte more than UINTN counts.
constexpr UINTN kWrappingPages = (~UINTN{0} >> EFI_PAGE_SHIFT) + 1;

TEST_F(Pages, RefusalsOfAllocateChangeNothing) {
  FixedBoard board;
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1).status, EFI_SUCCESS);
  const auto before = board.snapshot();
  for (const UINT32 type : {7U, 8U, 11U, 12U, 13U, 14U, 15U, 16U, 0x70000000U, ~0U}) {
    EXPECT_EQ(board.allocate_pages(type, 1), kInvalid) << type;
  }
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 0), kInvalid);
  for (const UINTN pages : {UINTN{8}, kWrappingPages / 2, kWrappingPages - 1, ~UINTN{0}}) {
    EXPECT_EQ(board.allocate_pages(EfiBootServicesData, pages), kOutOfResources) << pages;
  }
  EXPECT_EQ(board.snapshot(), before);
}

TEST_F(Pages, RefusalsOfFreeChangeNothing) {
  FixedBoard board;
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 2), ok(0x10006000));
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(0x10005000));
  const auto before = board.snapshot();
  EXPECT_EQ(board.free_pages(0x10006000, 0), EFI_INVALID_PARAMETER);
  EXPECT_EQ(board.free_pages(0x10006001, 1), EFI_INVALID_PARAMETER);
  EXPECT_EQ(board.free_pages(0x10004001, 1), EFI_INVALID_PARAMETER) << "before it is looked for";
  EXPECT_EQ(board.free_pages(0x10006000, kWrappingPages + 1), EFI_INVALID_PARAMETER);
  // Up to the end of the pointers. With 64 bits that is the end of all addresses too.
  EXPECT_EQ(board.free_pages(0x10006000, kWrappingPages - 0x10006),
            sizeof(UINTN) == 8 ? EFI_INVALID_PARAMETER : EFI_NOT_FOUND);
  EXPECT_EQ(board.free_pages(0x10006000, 3), EFI_NOT_FOUND);
  EXPECT_EQ(board.free_pages(0x10005000, 2), EFI_NOT_FOUND) << "spans two allocations";
  EXPECT_EQ(board.free_pages(0x10004000, 1), EFI_NOT_FOUND);
  EXPECT_EQ(board.free_pages(0, 1), EFI_NOT_FOUND);
  EXPECT_EQ(board.snapshot(), before);
}

TEST_F(Pages, FreeingTwiceIsNotFound) {
  FixedBoard board;
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 2), ok(0x10006000));
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(0x10005000));
  EXPECT_EQ(board.free_pages(0x10007000, 1), EFI_SUCCESS);
  EXPECT_EQ(board.free_pages(0x10007000, 1), EFI_NOT_FOUND);
}

// EDK II's TagMemoryAllocationHobWithGuid: the owner of the pages names their record.
TEST_F(Pages, ANamedRecordIsItsOwnersStill) {
  constexpr EFI_GUID kTag = {0x33221100, 0x5544, 0x7766, {8, 9, 10, 11, 12, 13, 14, 15}};
  FixedBoard board;
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 4), ok(0x10004000));
  const UINT64 first = board.phit().EfiEndOfHobList - 48;
  const auto name_of = [&](UINT64 hob) {
    return at<EFI_HOB_MEMORY_ALLOCATION>(hob)->AllocDescriptor.Name;
  };
  at<EFI_HOB_MEMORY_ALLOCATION>(first)->AllocDescriptor.Name = kTag;
  EXPECT_EQ(board.free_pages(0x10005000, 2), EFI_SUCCESS);
  EXPECT_EQ(board.records(), "10005000+2000:7 10007000+1000:4 10004000+1000:4");
  EXPECT_EQ(name_of(first).Data1, 0U) << "free pages have no owner";
  EXPECT_EQ(name_of(first + 48).Data1, kTag.Data1);
  EXPECT_EQ(name_of(first + 96).Data1, kTag.Data1);
  ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
  ASSERT_TRUE(board.return_to_dispatcher());
  const UINT64 top = board.phit().EfiFreeMemoryTop;
  EXPECT_EQ(board.free_pages(top, 1), EFI_SUCCESS);
  EXPECT_EQ(board.free_pages(top + 0x3000, 1), EFI_SUCCESS);
  EXPECT_EQ(board.phit().EfiFreeMemoryTop, top + 0x4000);
}

TEST_F(Pages, EveryByteOfANameCounts) {
  for (UINTN i = 0; i < sizeof(EFI_GUID); ++i) {
    FixedBoard board;
    ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 2), ok(0x10006000));
    const auto last_name = [&] {
      auto& record = *at<EFI_HOB_MEMORY_ALLOCATION>(board.phit().EfiEndOfHobList - 48);
      return reinterpret_cast<UINT8*>(&record.AllocDescriptor.Name);
    };
    last_name()[i] = 1;
    ASSERT_EQ(board.free_pages(0x10007000, 1), EFI_SUCCESS);
    EXPECT_EQ(last_name()[i], 1) << i << ", of the page that remains";
  }
}

TEST_F(Pages, NoRecordOfAnotherOwnerCanBeFreedOrReused) {
  FixedBoard board;
  ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
  ASSERT_TRUE(board.return_to_dispatcher());
  EXPECT_EQ(board.free_pages(kPermanent, 1), EFI_NOT_FOUND) << "the stack";
  const auto put_record = [&](UINT16 length, UINT64 base, UINT64 bytes, UINT32 type) {
    const Answer hob = board.create_hob(EFI_HOB_TYPE_MEMORY_ALLOCATION, length);
    ASSERT_EQ(hob.status, EFI_SUCCESS);
    auto& a = at<EFI_HOB_MEMORY_ALLOCATION>(hob.out)->AllocDescriptor;
    a = {{}, base, bytes, type, {}};
  };
  put_record(48, kPermanent + 0x200000, 0x10000, 4);  // a platform's
  put_record(48, kPermanent + 0x300000, 0x10000, 7);  // free, but not of ours
  EXPECT_EQ(board.free_pages(kPermanent + 0x200000, 1), EFI_NOT_FOUND);
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1).status, EFI_SUCCESS);
  put_record(72, board.phit().EfiFreeMemoryTop, 0x1000, 3);  // a module over pages of ours
  const UINT64 page = board.phit().EfiFreeMemoryTop;
  EXPECT_EQ(board.free_pages(page, 1), EFI_SUCCESS);
  EXPECT_EQ(board.free_pages(page, 1), EFI_NOT_FOUND);
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 0x100), kOutOfResources)
      << "nothing outside is given out";
}

TEST_F(Pages, RecordsWithPiNamesAreNotReused) {
  for (const EFI_GUID& name : {EFI_HOB_MEMORY_ALLOC_STACK_GUID, EFI_HOB_MEMORY_ALLOC_BSP_STORE_GUID,
                               EFI_HOB_MEMORY_ALLOC_MODULE_GUID}) {
    FixedBoard board;
    ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(0x10007000));
    at<EFI_HOB_MEMORY_ALLOCATION>(board.phit().EfiEndOfHobList - 48)->AllocDescriptor.Name = name;
    EXPECT_EQ(board.free_pages(0x10007000, 1), EFI_NOT_FOUND) << name.Data1;
  }
}

TEST_F(Pages, ASplitWithoutSlotsIsRefusedAndChangesNothing) {
  FixedBoard board;
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 3), ok(0x10005000));
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(0x10004000));
  board.fill_gap(88);  // one slot; a piece from the middle needs two
  const auto before = board.snapshot();
  EXPECT_EQ(board.free_pages(0x10006000, 1), EFI_OUT_OF_RESOURCES);
  EXPECT_EQ(board.snapshot(), before);
  EXPECT_EQ(board.free_pages(0x10005000, 1), EFI_SUCCESS) << "needs one";
  EXPECT_EQ(board.free_pages(0x10007000, 1), EFI_OUT_OF_RESOURCES) << "none is left";
}

TEST_F(Pages, TheGapDoesNotSwallowPagesBehindANamedRecord) {
  FixedBoard board;
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(0x10007000));
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(0x10006000));
  const UINT64 record = kTemporaryRam + sizeof(EFI_HOB_HANDOFF_INFO_TABLE);
  at<EFI_HOB_MEMORY_ALLOCATION>(record)->AllocDescriptor.Name = EFI_HOB_MEMORY_ALLOC_BSP_STORE_GUID;
  EXPECT_EQ(board.free_pages(0x10006000, 1), EFI_SUCCESS);
  EXPECT_EQ(board.phit().EfiFreeMemoryTop, 0x10007000U);
}

// The pages that are freed are as many as those of the record that no longer counts.
TEST_F(Pages, PagesFreedElsewhereDoNotStandForThoseOfANamedRecord) {
  const auto name = [](const FixedBoard& board) {  // the last record of the list
    at<EFI_HOB_MEMORY_ALLOCATION>(board.phit().EfiEndOfHobList - 48)->AllocDescriptor.Name =
        EFI_HOB_MEMORY_ALLOC_BSP_STORE_GUID;
  };
  FixedBoard above;
  for (const UINT64 page : {0x10007000U, 0x10006000U, 0x10005000U}) {
    ASSERT_EQ(above.allocate_pages(EfiBootServicesData, 1), ok(page));
  }
  name(above);
  EXPECT_EQ(above.free_pages(0x10007000, 1), EFI_SUCCESS);
  EXPECT_EQ(above.phit().EfiFreeMemoryTop, 0x10005000U);

  FixedBoard other_side;
  ASSERT_EQ(other_side.allocate_pages(EfiBootServicesData, 1), ok(0x10007000));
  ASSERT_EQ(other_side.install(kPermanent, 0x100000), EFI_SUCCESS);
  ASSERT_EQ(other_side.allocate_pages(EfiBootServicesData, 1), ok(kPermanent + 0xff000));
  name(other_side);
  EXPECT_EQ(other_side.free_pages(0x10007000, 1), EFI_SUCCESS);
  EXPECT_EQ(other_side.allocate_pages(EfiBootServicesData, 1), ok(kPermanent + 0xfe000));
}

TEST_F(Pages, ReuseOfAPartNeedsASlotForTheRest) {
  FixedBoard board;
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 2), ok(0x10006000));
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(0x10005000));
  board.fill_gap(0);
  ASSERT_EQ(board.free_pages(0x10006000, 2), EFI_SUCCESS);
  const auto before = board.snapshot();
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 1), kOutOfResources);
  EXPECT_EQ(board.snapshot(), before);
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 2), ok(0x10006000)) << "all of it needs none";
}

TEST_F(Pages, ReuseOfAPartNeedsASlotForTheRestWhereTheMigrationMayHaveJoinedPagesToo) {
  FixedBoard board;
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 2), ok(0x10006000));
  ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
  ASSERT_TRUE(board.return_to_dispatcher());
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(kPermanent + 0xfd000));
  board.fill_gap(0);
  ASSERT_EQ(board.free_pages(kPermanent + 0xfe000, 2), EFI_SUCCESS);
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 1), kOutOfResources);
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 2), ok(kPermanent + 0xfe000));
}

TEST_F(Pages, AnUnusedHobIsASlot) {
  FixedBoard board;
  const Answer unused = board.create_hob(EFI_HOB_TYPE_UNUSED, 41);  // rounds up to 48
  ASSERT_EQ(unused.status, EFI_SUCCESS);
  ASSERT_EQ(board.create_hob(EFI_HOB_TYPE_UNUSED, 56).status, EFI_SUCCESS);
  const UINT64 end = board.phit().EfiEndOfHobList;
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(0x10007000));
  EXPECT_EQ(board.phit().EfiEndOfHobList, end);
  EXPECT_EQ(at<EFI_HOB_MEMORY_ALLOCATION>(unused.out)->AllocDescriptor.MemoryBaseAddress,
            0x10007000U);
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(0x10006000));
  EXPECT_EQ(board.phit().EfiEndOfHobList, end + 48) << "56 bytes are no slot";
}

TEST_F(Pages, UnusedHobsDirectlyBehindThePhitAreSlots) {
  FixedBoard board;
  for (int i = 0; i < 3; ++i) {
    ASSERT_EQ(board.create_hob(EFI_HOB_TYPE_UNUSED, 48).status, EFI_SUCCESS);
  }
  for (const UINT64 page : {0x10007000U, 0x10006000U, 0x10005000U}) {
    EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(page));
  }
  EXPECT_EQ(board.records(), "10007000+1000:4 10006000+1000:4 10005000+1000:4");
}

TEST_F(Pages, SlotsAreTakenInListOrderHoweverTheyWereFreed) {
  FixedBoard board;
  for (const UINTN pages : {1U, 1U, 1U}) (void)board.allocate_pages(EfiBootServicesData, pages);
  ASSERT_EQ(board.free_pages(0x10005000, 1), EFI_SUCCESS);
  ASSERT_EQ(board.free_pages(0x10006000, 1), EFI_SUCCESS);
  EXPECT_EQ(board.records(), "10007000+1000:4 unused unused");
  (void)board.allocate_pages(EfiBootServicesCode, 1);
  EXPECT_EQ(board.records(), "10007000+1000:4 10006000+1000:3 unused");
  ASSERT_EQ(board.free_pages(0x10006000, 1), EFI_SUCCESS);
  (void)board.allocate_pages(EfiBootServicesCode, 1);
  EXPECT_EQ(board.records(), "10007000+1000:4 10006000+1000:3 unused") << "the first again";
  (void)board.allocate_pages(EfiLoaderData, 1);
  EXPECT_EQ(board.records(), "10007000+1000:4 10006000+1000:3 10005000+1000:2");
}

TEST_F(Pages, ASlotAndRoomForOneMoreMakeTwo) {
  FixedBoard board;
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 3), ok(0x10005000));
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(0x10004000));
  ASSERT_EQ(board.free_pages(0x10004000, 1), EFI_SUCCESS);
  board.fill_gap(48);
  EXPECT_EQ(board.free_pages(0x10006000, 1), EFI_SUCCESS);
  EXPECT_EQ(board.gap(), 0U);
}

TEST_F(Pages, ARecycledSlotNeedsNoGap) {
  FixedBoard board;
  ASSERT_EQ(board.create_hob(EFI_HOB_TYPE_UNUSED, 48).status, EFI_SUCCESS);
  board.fill_gap(0x1000);
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(0x10007000));
  EXPECT_EQ(board.gap(), 0U);
  EXPECT_EQ(board.free_pages(0x10007000, 1), EFI_SUCCESS);
  EXPECT_EQ(board.gap(), 0x1000U);
}

TEST_F(Pages, TheGapAbsorbsFreePagesUpToThoseInUse) {
  FixedBoard board;
  for (const UINT64 page : {0x10007000U, 0x10006000U, 0x10005000U, 0x10004000U}) {
    ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(page));
  }
  ASSERT_EQ(board.free_pages(0x10007000, 1), EFI_SUCCESS) << "free above those in use";
  ASSERT_EQ(board.free_pages(0x10005000, 1), EFI_SUCCESS);
  EXPECT_EQ(board.free_pages(0x10004000, 1), EFI_SUCCESS);
  EXPECT_EQ(board.phit().EfiFreeMemoryTop, 0x10006000U);
}

TEST_F(Pages, MergesFreedPagesWhenNothingElseFits) {
  FixedBoard board;
  for (int i = 0; i < 5; ++i)
    ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1).status, EFI_SUCCESS);
  board.fill_gap(0);
  // 10007000 .. 10003000, of which the middle three go.
  for (const UINT64 page : {0x10005000U, 0x10006000U, 0x10004000U}) {
    ASSERT_EQ(board.free_pages(page, 1), EFI_SUCCESS);
  }
  const auto before = board.snapshot();
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 4), kOutOfResources);
  EXPECT_EQ(board.snapshot(), before) << "the merging that did not help shows";
  EXPECT_EQ(board.allocate_pages(EfiBootServicesCode, 2), ok(0x10005000));
  EXPECT_EQ(board.records(),
            "10007000+1000:4 10004000+1000:7 unused 10005000+2000:3 10003000+1000:4");
}

TEST_F(Pages, AbsorbsALongChainAtOnce) {
  FixedBoard board;
  ASSERT_EQ(board.install(kPermanent, 0x1000000), EFI_SUCCESS);
  ASSERT_TRUE(board.return_to_dispatcher());
  const UINT64 top = board.phit().EfiFreeMemoryTop;
  constexpr UINT64 kPages = 1000;
  for (UINT64 i = 0; i < kPages; ++i)
    ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1).status, EFI_SUCCESS);
  for (UINT64 i = 1; i < kPages; ++i) {
    ASSERT_EQ(board.free_pages(top - i * 0x1000, 1), EFI_SUCCESS);
  }
  EXPECT_EQ(board.phit().EfiFreeMemoryTop, top - kPages * 0x1000);
  EXPECT_EQ(board.free_pages(top - kPages * 0x1000, 1), EFI_SUCCESS);
  EXPECT_EQ(board.phit().EfiFreeMemoryTop, top);
}

constexpr Layout k64K = {.runtime_granularity = 0x10000};

TEST_F(Granularity64K, RuntimePagesAreAlignedAndPaddingIsDescribed) {
  FixedBoard board(k64K);
  ASSERT_TRUE(board.entered());
  ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
  ASSERT_TRUE(board.return_to_dispatcher());
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(kPermanent + 0xff000));
  EXPECT_EQ(board.allocate_pages(EfiRuntimeServicesData, 1), ok(kPermanent + 0xe0000));
  EXPECT_EQ(board.records(),
            "stack:20000000+20000:4 200ff000+1000:4 200f0000+f000:7 200e0000+10000:6");
  EXPECT_EQ(board.free_pages(kPermanent + 0xe0000, 1), EFI_INVALID_PARAMETER);
  EXPECT_EQ(board.free_pages(kPermanent + 0xe1000, 15), EFI_INVALID_PARAMETER);
  EXPECT_EQ(board.free_pages(kPermanent + 0xe0000, 16), EFI_SUCCESS);
  EXPECT_EQ(board.phit().EfiFreeMemoryTop, kPermanent + 0xff000) << "padding absorbed";
}

TEST_F(Granularity64K, IsThatOfTheTypesThatStayWithTheOperatingSystem) {
  for (const UINT32 type : {0U, 1U, 2U, 3U, 4U, 5U, 6U, 9U, 10U}) {
    FixedBoard board(k64K);
    ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
    ASSERT_TRUE(board.return_to_dispatcher());
    ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(kPermanent + 0xff000));
    const bool stays = type == 0 || type == 5 || type == 6 || type == 10;
    EXPECT_EQ(board.allocate_pages(type, 1), ok(kPermanent + (stays ? 0xe0000 : 0xfe000))) << type;
  }
}

TEST_F(Granularity64K, ARefusedRequestLeavesNoPadding) {
  FixedBoard board(k64K);
  ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
  ASSERT_TRUE(board.return_to_dispatcher());
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1).status, EFI_SUCCESS);
  const auto before = board.snapshot();
  EXPECT_EQ(board.allocate_pages(EfiRuntimeServicesData, 0x1000), kOutOfResources);
  EXPECT_EQ(board.allocate_pages(EfiRuntimeServicesData, ~UINTN{0} >> 12), kOutOfResources)
      << "rounds up past 2^64";
  EXPECT_EQ(board.snapshot(), before);
}

TEST_F(Granularity64K, ReuseRoundsAndAligns) {
  FixedBoard board(k64K);
  ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
  ASSERT_TRUE(board.return_to_dispatcher());
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 0x30), ok(kPermanent + 0xd0000));
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1).status, EFI_SUCCESS);
  ASSERT_EQ(board.free_pages(kPermanent + 0xd8000, 0x20), EFI_SUCCESS);
  board.fill_gap(0x1000);
  EXPECT_EQ(board.allocate_pages(EfiRuntimeServicesData, 6), ok(kPermanent + 0xe0000));
  EXPECT_NE(board.records().find("200e0000+10000:6"), std::string::npos);
}

TEST_F(Granularity64K, ReuseNeedsAWholeGranule) {
  FixedBoard board(k64K);
  ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
  ASSERT_TRUE(board.return_to_dispatcher());
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(kPermanent + 0xff000));
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 16), ok(kPermanent + 0xef000));
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1).status, EFI_SUCCESS);
  ASSERT_EQ(board.free_pages(kPermanent + 0xef000, 16), EFI_SUCCESS);
  board.fill_gap(0x1000);
  EXPECT_EQ(board.allocate_pages(EfiRuntimeServicesData, 16), kOutOfResources)
      << "64 KiB are free, none of them aligned";
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 16), ok(kPermanent + 0xef000));
}

TEST_F(Granularity64K, TheMigrationMovesByWholeGranules) {
  FixedBoard board(
      {.heap_bytes = 0x8000, .stack = kPermanent + 0x1000000, .runtime_granularity = 0x10000});
  ASSERT_TRUE(board.entered());
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(0x10007000));
  ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(kPermanent + 0xff000));
  ASSERT_TRUE(board.return_to_dispatcher());
  EXPECT_EQ(board.records(),
            "200f7000+1000:4 200ff000+1000:4 stack:20000000+20000:4 200f8000+7000:7");
  EXPECT_EQ(board.phit().EfiFreeMemoryTop, kPermanent + 0xf7000);
  board.fill_gap(0x100);
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 7), ok(kPermanent + 0xf8000))
      << "the padding is free";
}

TEST_F(Granularity64K, PagesThatWereFreeBeforeTheMigrationMeetItsPadding) {
  FixedBoard board(
      {.heap_bytes = 0x8000, .stack = kPermanent + 0x1000000, .runtime_granularity = 0x10000});
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(0x10007000));
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(0x10006000));
  ASSERT_EQ(board.free_pages(0x10007000, 1), EFI_SUCCESS);
  ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
  ASSERT_TRUE(board.return_to_dispatcher());
  EXPECT_EQ(board.records(),
            "200f7000+1000:7 200f6000+1000:4 stack:20000000+20000:4 200f8000+8000:7");
  board.fill_gap(0x100);
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 10), kOutOfResources);
  EXPECT_EQ(board.allocate_pages(EfiBootServicesCode, 9), ok(kPermanent + 0xf7000))
      << "a page and eight, of two records";
}

TEST_F(Granularity64K, OfPagesThatMeetTheHighestAreUsedFirst) {
  FixedBoard board(
      {.heap_bytes = 0x8000, .stack = kPermanent + 0x1000000, .runtime_granularity = 0x10000});
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 2), ok(0x10006000));
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(0x10005000));
  ASSERT_EQ(board.free_pages(0x10006000, 2), EFI_SUCCESS);
  ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
  ASSERT_TRUE(board.return_to_dispatcher());
  EXPECT_EQ(board.records(),
            "200f6000+2000:7 200f5000+1000:4 stack:20000000+20000:4 200f8000+8000:7");
  board.fill_gap(0x100);
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(kPermanent + 0xff000));
}

TEST_F(Granularity64K, PagesThatWereFreedInTheWindowMeetLaterPadding) {
  FixedBoard board(
      {.heap_bytes = 0x8000, .stack = kPermanent + 0x1000000, .runtime_granularity = 0x10000});
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(0x10007000));
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 4), ok(0x10003000));
  ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
  ASSERT_EQ(board.free_pages(0x10003000, 4), EFI_SUCCESS);
  ASSERT_TRUE(board.return_to_dispatcher());
  ASSERT_EQ(board.allocate_pages(EfiRuntimeServicesData, 1), ok(kPermanent + 0xe0000));
  EXPECT_EQ(board.records(),
            "200f7000+1000:4 200f3000+4000:7 stack:20000000+20000:4 200f8000+8000:7 "
            "200f0000+3000:7 200e0000+10000:6");
  board.fill_gap(0x100);
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 8), ok(kPermanent + 0xf8000));
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 7), ok(kPermanent + 0xf0000))
      << "three pages of padding and four";
}

}  // namespace
}  // namespace pei::test
