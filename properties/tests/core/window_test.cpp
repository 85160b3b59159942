// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Unit tests of InstallPeiMemory, the window after it, and the migration.
#include <gtest/gtest.h>

#include <cstring>

#include "properties/tests/core/fixed_board.h"

namespace pei::test {
namespace {

class Window : public testing::Test {
 protected:
  void SetUp() override {
    if (!FixedBoard::is_available()) GTEST_SKIP() << "fixed addresses: Linux on x86 only";
  }
};
using Migration = Window;

// Pages in a window that has room for no more pages and no HOB, but for a longer list.
void fill_window(FixedBoard& board, UINTN pages, UINT64& base) {
  ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
  base = board.allocate_pages(EfiBootServicesData, pages).out;
  while (board.allocate_pages(EfiBootServicesData, 1).status == EFI_SUCCESS) continue;
  while (board.create_hob(EFI_HOB_TYPE_GUID_EXTENSION, 8).status == EFI_SUCCESS) continue;
  ASSERT_GT(board.gap(), 0x100U) << "the list itself may grow";
}

TEST_F(Window, RefusesMemoryThatMakesNoSense) {
  FixedBoard board;
  const auto before = board.snapshot();
  const struct {
    UINT64 base, length;
    EFI_STATUS status;
  } cases[] = {
      {kPermanent, 0, EFI_INVALID_PARAMETER},
      {kPermanent + 0x800, 0x100000, EFI_INVALID_PARAMETER},
      {~UINT64{0} - 0xfffff, 0x100000, EFI_INVALID_PARAMETER},  // ends at exactly 2^64
      {~UINT64{0} - 0xfff, ~UINT64{0}, EFI_INVALID_PARAMETER},
      {kTemporaryRam, 0x100000, EFI_INVALID_PARAMETER},
      {kTemporaryRam - 0x100000, 0x101000, EFI_INVALID_PARAMETER},
      {kTemporaryRam + 0xf000, 0x100000, EFI_INVALID_PARAMETER},
      {kPermanent, 1, EFI_OUT_OF_RESOURCES},
      {kPermanent, 0xfff, EFI_OUT_OF_RESOURCES},
      {kPermanent, 0xe000, EFI_OUT_OF_RESOURCES},  // half of it is less than SEC's stack
  };
  for (const auto& c : cases) EXPECT_EQ(board.install(c.base, c.length), c.status) << c.base;
  EXPECT_EQ(board.snapshot(), before);
  EXPECT_EQ(board.install(kTemporaryRam - 0x100000, 0x100000), EFI_SUCCESS) << "only touches it";
}

TEST_F(Window, RefusesMemoryUnderAStackOutsideTemporaryRam) {
  FixedBoard board({.stack = kPermanent + 0x80000, .temporary_ram_bytes = 0x8000});
  EXPECT_EQ(board.install(kPermanent, 0x100000), EFI_INVALID_PARAMETER);
  EXPECT_EQ(board.install(kPermanent, 0x80001), EFI_INVALID_PARAMETER);
  EXPECT_EQ(board.install(kPermanent, 0x80000), EFI_SUCCESS);
}

TEST_F(Window, TheMigrationIsCountedToTheByte) {
  // Half is stack, 1 page to grow, so the list with the stack's record has exactly one.
  struct Row {
    UINT64 granularity;
    UINTN pages;
    UINT64 length;
  };
  for (const Row& row : {Row{0x1000, 0, 0x4000}, Row{0x1000, 1, 0x6000}, Row{0x10000, 0, 0x4000}}) {
    for (const UINT64 excess_bytes : {0U, 8U}) {
      FixedBoard board({.stack_bytes = 0x1000,
                        .temporary_ram_bytes = 0x9000,
                        .runtime_granularity = row.granularity});
      if (row.pages > 0) (void)board.allocate_pages(EfiBootServicesData, row.pages);
      board.fill_gap(0x8000 - row.pages * 0x1000 - (0x1000 - 48) - excess_bytes);
      EXPECT_EQ(board.install(kPermanent, row.length),
                excess_bytes == 0 ? EFI_SUCCESS : EFI_OUT_OF_RESOURCES);
    }
  }
}

TEST_F(Window, TheMigrationIsCountedToTheByteWithTheRecordOfPadding) {
  // The page goes to the next address that ends in 0x7000: directly above a list of 0x6000 bytes,
  // of which 96 are the records of stack and padding.
  for (const UINT64 excess_bytes : {0U, 8U}) {
    FixedBoard board(
        {.stack_bytes = 0x1000, .temporary_ram_bytes = 0x9000, .runtime_granularity = 0x10000});
    ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(0x10007000));
    board.fill_gap(0x7000 - (0x6000 - 96) - excess_bytes);
    const bool fits = excess_bytes == 0;
    EXPECT_EQ(board.install(kPermanent, 0x20000), fits ? EFI_SUCCESS : EFI_OUT_OF_RESOURCES);
    if (!fits) continue;
    ASSERT_TRUE(board.return_to_dispatcher());
    EXPECT_EQ(board.phit().EfiFreeMemoryTop, kPermanent + 0x17000);
    EXPECT_EQ(board.gap(), 0x1000U);
  }
}

TEST_F(Window, TheNewStackMayBeNoLargerThanTheOld) {
  FixedBoard board;
  ASSERT_EQ(board.install(kPermanent, 0x10000), EFI_SUCCESS);
  ASSERT_TRUE(board.return_to_dispatcher());
  EXPECT_EQ(board.records(), "stack:20000000+8000:4");
}

TEST_F(Window, InstallWritesNothingThatAPeimSeesAndIgnoresLaterCalls) {
  FixedBoard board;
  const EFI_HOB_HANDOFF_INFO_TABLE before = board.phit();
  ASSERT_EQ(board.install(kPermanent, 0x100fff), EFI_SUCCESS);
  EXPECT_EQ(std::memcmp(&before, &board.phit(), sizeof before), 0);
  const auto state = board.state();
  EXPECT_EQ(board.install(0, 0), EFI_SUCCESS);
  EXPECT_EQ(board.install(kTemporaryRam, 1), EFI_SUCCESS);
  EXPECT_EQ(board.state(), state);
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(kPermanent + 0xff000))
      << "length aligned down";
  ASSERT_TRUE(board.return_to_dispatcher());
  EXPECT_EQ(board.phit().EfiMemoryTop, kPermanent + 0x100000);
  EXPECT_EQ(board.install(0, 0), EFI_SUCCESS);
}

TEST_F(Window, TheSmallestMemoryAcceptedMigratesAndHasAPageLeft) {
  // Half is stack; the rest holds a page for the list, one to grow, and the pages.
  const struct {
    UINTN pages;
    UINT64 smallest;
  } cases[] = {{0, 0x4000}, {1, 0x6000}, {5, 0xe000}};
  for (const auto& c : cases) {
    for (UINT64 length = c.smallest - 0x1000; length <= c.smallest; length += 0x1000) {
      FixedBoard board({.stack_bytes = 0x1000, .temporary_ram_bytes = 0x9000});
      if (c.pages > 0) {
        ASSERT_EQ(board.allocate_pages(EfiRuntimeServicesData, c.pages).status, EFI_SUCCESS);
      }
      const EFI_STATUS status = board.install(kPermanent, length);
      EXPECT_EQ(status == EFI_SUCCESS, length == c.smallest) << length;
      if (status != EFI_SUCCESS) continue;
      ASSERT_TRUE(board.return_to_dispatcher());
      EXPECT_GE(board.gap(), 0x1000U);
      EXPECT_LT(board.gap(), 0x2000U);
    }
  }
}

TEST_F(Window, PagesAndHobsStopWhereTheMigrationWouldNotFit) {
  FixedBoard board;
  ASSERT_EQ(board.allocate_pages(EfiRuntimeServicesData, 2), ok(0x10006000));
  ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
  UINTN pages = 0;
  while (board.allocate_pages(EfiBootServicesData, 1).status == EFI_SUCCESS) ++pages;
  EXPECT_EQ(pages, 0x100 - 0x20 - 2 - 2 - 2);  // stack, temporary pages, list, growth
  UINTN bytes = 0;
  while (board.allocate_pool(0x100).status == EFI_SUCCESS) bytes += 0x108;
  EXPECT_LT(bytes, 0x1000U) << "the list may grow to the end of its page, not by all of the heap";
  const auto before = board.snapshot();
  EXPECT_EQ(board.create_hob(EFI_HOB_TYPE_GUID_EXTENSION, 0x200), kOutOfResourcesNull);
  EXPECT_EQ(board.snapshot(), before);
  ASSERT_TRUE(board.return_to_dispatcher());
  EXPECT_EQ(board.phit().EfiFreeMemoryTop, kPermanent + 0x100000 - (pages + 2) * 0x1000);
  EXPECT_GE(board.gap(), 0x1000U);
}

TEST_F(Window, TheListKeepsRoomForTheStacksRecord) {
  FixedBoard board;
  board.fill_gap(40);
  EXPECT_EQ(board.install(kPermanent, 0x100000), EFI_OUT_OF_RESOURCES);

  FixedBoard other;
  other.fill_gap(144);
  ASSERT_EQ(other.install(kPermanent, 0x100000), EFI_SUCCESS);
  EXPECT_EQ(other.create_hob(EFI_HOB_TYPE_GUID_EXTENSION, 104), kOutOfResourcesNull);
  EXPECT_EQ(other.allocate_pages(EfiBootServicesData, 1).status, EFI_SUCCESS);
  EXPECT_EQ(other.create_hob(EFI_HOB_TYPE_GUID_EXTENSION, 56), kOutOfResourcesNull);
  EXPECT_EQ(other.create_hob(EFI_HOB_TYPE_GUID_EXTENSION, 48).status, EFI_SUCCESS);
  EXPECT_EQ(other.allocate_pages(EfiBootServicesData, 1), kOutOfResources);
  EXPECT_EQ(other.allocate_pool(0), kOutOfResourcesNull);
  ASSERT_TRUE(other.return_to_dispatcher());
  EXPECT_NE(other.records().find("stack:20000000+20000:4"), std::string::npos);
  EXPECT_EQ(other.allocate_pages(EfiBootServicesData, 1).status, EFI_SUCCESS);
}

TEST_F(Window, AnUnusedSlotIsRoomForTheStacksRecord) {
  FixedBoard board;
  ASSERT_EQ(board.create_hob(EFI_HOB_TYPE_UNUSED, 48).status, EFI_SUCCESS);
  board.fill_gap(0);
  ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 1), kOutOfResources);
  ASSERT_TRUE(board.return_to_dispatcher());
  EXPECT_EQ(board.records(), "stack:20000000+20000:4");
}

TEST_F(Window, AnUnusedSlotStaysWhereTheStacksRecordCanBeAppended) {
  FixedBoard board;
  ASSERT_EQ(board.create_hob(EFI_HOB_TYPE_UNUSED, 48).status, EFI_SUCCESS);
  board.fill_gap(48);
  ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
  ASSERT_TRUE(board.return_to_dispatcher());
  EXPECT_EQ(board.records(), "unused stack:20000000+20000:4");
}

TEST_F(Window, FreedPagesGoBackToTheirOwnSide) {
  FixedBoard board;
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(0x10007000));
  ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 2), ok(kPermanent + 0xfe000));
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(kPermanent + 0xfd000));
  EXPECT_EQ(board.free_pages(kPermanent + 0xfe000, 2), EFI_SUCCESS);
  EXPECT_EQ(board.free_pages(kPermanent + 0xfd000, 1), EFI_SUCCESS);
  EXPECT_EQ(board.free_pages(0x10007000, 1), EFI_SUCCESS);
  EXPECT_EQ(board.phit().EfiFreeMemoryTop, 0x10007000U) << "stays a record, as in EDK II";
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(kPermanent + 0xff000));
  ASSERT_TRUE(board.return_to_dispatcher());
  EXPECT_EQ(board.records().find("10007000"), std::string::npos);
}

TEST_F(Window, ASplitNeedsRoomForTheGrownList) {
  FixedBoard board;
  UINT64 two_pages = 0;
  ASSERT_NO_FATAL_FAILURE(fill_window(board, 2, two_pages));
  ASSERT_EQ(board.free_pages(two_pages, 2), EFI_SUCCESS);
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 1), kOutOfResources);
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 2), ok(two_pages))
      << "whole, they need no HOB";
}

TEST_F(Window, FreeingAPartNeedsRoomForTheGrownList) {
  FixedBoard board;
  UINT64 three_pages = 0;
  ASSERT_NO_FATAL_FAILURE(fill_window(board, 3, three_pages));
  EXPECT_EQ(board.free_pages(three_pages + 0x1000, 1), EFI_OUT_OF_RESOURCES);
  EXPECT_EQ(board.free_pages(three_pages, 3), EFI_SUCCESS) << "whole, they need no HOB";
}

// Nothing is written to permanent memory while the window is open, so it may be where none is.
TEST_F(Window, EndsWhereAddressesEnd) {
  FixedBoard tight({.stack_bytes = 0x1000, .temporary_ram_bytes = 0x9000});
  if (sizeof(UINTN) == 8) {
    ASSERT_EQ(tight.install(0xffffffffffffb000, 0x4000), EFI_SUCCESS);
    EXPECT_EQ(tight.create_hob(EFI_HOB_TYPE_GUID_EXTENSION, 0x4000), kOutOfResourcesNull)
        << "the list would go beyond 2^64";
    EXPECT_EQ(tight.create_hob(EFI_HOB_TYPE_GUID_EXTENSION, 0x100).status, EFI_SUCCESS);
  }
  FixedBoard granules({.runtime_granularity = 0x10000});
  ASSERT_EQ(granules.allocate_pages(EfiBootServicesData, 1), ok(0x10007000));
  EXPECT_EQ(granules.install(0xfffffffffffef000, 0x10000), EFI_OUT_OF_RESOURCES)
      << "where the page is congruent is beyond 2^64";
}

TEST_F(Migration, MovesListPagesAndPoolButNotWindowPages) {
  FixedBoard board;
  const UINT64 pool = board.allocate_pool(16).out;
  std::memset(at<void>(pool), 0x31, 16);
  const UINT64 page = board.allocate_pages(EfiRuntimeServicesData, 1).out;
  std::memset(at<void>(page), 0x32, 0x1000);
  ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
  const UINT64 window = board.allocate_pages(EfiRuntimeServicesData, 1).out;
  std::memset(at<void>(window), 0x33, 0x1000);
  const EFI_PEI_SERVICES** const before = board.services();
  ASSERT_TRUE(board.return_to_dispatcher());
  EXPECT_NE(board.services(), before);
  const UINT64 offset = kPermanent + 0x20000 - kTemporaryRam;
  EXPECT_EQ(*at<UINT8>(pool + offset), 0x31);
  EXPECT_EQ(*at<UINT8>(pool + offset + 15), 0x31);
  EXPECT_EQ(*at<UINT8>(window - 0x1000), 0x32);
  EXPECT_EQ(*at<UINT8>(window - 1), 0x32);
  EXPECT_EQ(*at<UINT8>(window), 0x33);
  EXPECT_EQ(*at<UINT8>(window + 0xfff), 0x33);
  const EFI_PEI_SERVICES** const now = board.services();
  ASSERT_TRUE(board.return_to_dispatcher());
  EXPECT_EQ(board.services(), now) << "once in a boot";
}

TEST_F(Migration, WorksBothWaysUp) {
  const Layout layouts[] = {
      {},
      {.heap = kTemporaryRam + 0x8000, .stack = kTemporaryRam},
      {.heap = kTemporaryRam + 0x1000, .stack = kTemporaryRam + 0x9100, .stack_bytes = 0x4008},
      // SEC's stack outside temporary RAM, which PI allows.
      {.stack = kPermanent + kPermanentBytes - 0x8000, .temporary_ram_bytes = 0x9000},
  };
  for (const Layout& layout : layouts) {
    FixedBoard board(layout);
    ASSERT_TRUE(board.entered());
    *at<UINT64>(layout.stack) = 0x5ec;
    const UINT64 page = board.allocate_pages(EfiRuntimeServicesData, 1).out;
    *at<UINT64>(page) = 0x1234;
    ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
    ASSERT_TRUE(board.return_to_dispatcher());
    EXPECT_EQ(*at<UINT64>(kPermanent + 0xff000), 0x1234U);
    EXPECT_EQ(*at<UINT64>(kPermanent + 0x20000 - layout.stack_bytes), 0x5ecU);
    EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(kPermanent + 0xfe000));
    EXPECT_EQ(board.free_pages(kPermanent + 0xff000, 1), EFI_SUCCESS);
  }
}

// What of SEC's stack lies outside takes no place among SEC's data, which lies on the new stack.
TEST_F(Migration, AStackThatLeavesTemporaryRamCountsAsFarAsItLiesThere) {
  constexpr UINT64 kMiddle = kTemporaryRam + 0x8000;
  struct {
    const char* what;
    Layout layout;
    UINT64 data, data_bytes;  // of the lowest piece
    UINT64 all_bytes;
  } const cases[] = {
      {"begins below",
       {.heap = kMiddle,
        .stack = kTemporaryRam,
        .stack_bytes = 0x6000,
        .temporary_ram = kTemporaryRam + 0x4000,
        .temporary_ram_bytes = 0xc000},
       kTemporaryRam + 0x6000,
       0x2000,
       0x2000},
      {"begins with it",
       {.heap = kMiddle, .stack = kTemporaryRam, .stack_bytes = 0x6000},
       kTemporaryRam + 0x6000,
       0x2000,
       0x2000},
      {"ends above",
       {.heap = kTemporaryRam + 0x1000,
        .heap_bytes = 0x4000,
        .stack = kMiddle,
        .temporary_ram_bytes = 0xc000},
       kTemporaryRam,
       0x1000,
       0x4000},
      {"both",
       {.heap = kMiddle,
        .heap_bytes = 0x4000,
        .stack = kTemporaryRam,
        .stack_bytes = 0x8000,
        .temporary_ram = kTemporaryRam + 0x1000,
        .temporary_ram_bytes = 0xc000},
       kTemporaryRam + 0xc000,
       0x1000,
       0x1000},
  };
  for (const auto& c : cases) {
    FixedBoard board(c.layout);
    ASSERT_TRUE(board.entered()) << c.what;
    *at<UINT64>(c.data) = 0xda7a;
    *at<UINT64>(c.data + c.data_bytes - 8) = 0xda7b;
    *at<UINT64>(c.layout.stack) = 0x5ec;
    ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
    ASSERT_TRUE(board.return_to_dispatcher()) << c.what;
    EXPECT_EQ(*at<UINT64>(kPermanent + 0x20000), 0xda7aU) << c.what;
    EXPECT_EQ(*at<UINT64>(kPermanent + 0x20000 + c.data_bytes - 8), 0xda7bU) << c.what;
    EXPECT_EQ(*at<UINT64>(kPermanent + 0x20000 - c.layout.stack_bytes), 0x5ecU) << c.what;
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(&board.phit()), kPermanent + 0x20000 + c.all_bytes)
        << c.what;
  }
}

TEST_F(Migration, TheOldRecordIsDead) {
  FixedBoard board({.stack = kPermanent + kPermanentBytes - 0x8000, .temporary_ram_bytes = 0x9000});
  const EFI_PEI_SERVICES** const before = board.services();
  ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
  ASSERT_TRUE(board.return_to_dispatcher());
  EXPECT_DEATH(board.table().SetBootMode(before, 0),
               "PEI_ASSERT .*services.cpp:[0-9]+: instance.signature == kLiveRecord");
}

TEST_F(Migration, PagesThatWereFreedInTheWindowJoinTheGapWithThoseAboveThem) {
  for (const UINTN above : {1U, 2U}) {  // with a page in use above those, or pages of the same call
    FixedBoard board;
    ASSERT_EQ(board.allocate_pages(EfiBootServicesData, above), ok(0x10008000 - above * 0x1000));
    const UINT64 lowest = board.allocate_pages(EfiBootServicesData, 2).out;
    ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
    ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(kPermanent + 0xff000));
    ASSERT_EQ(board.free_pages(lowest, 2), EFI_SUCCESS);
    ASSERT_TRUE(board.return_to_dispatcher());
    const UINT64 moved = kPermanent + 0xff000 - above * 0x1000;
    EXPECT_EQ(board.phit().EfiFreeMemoryTop, moved - 0x2000) << "still in a record";
    EXPECT_EQ(board.free_pages(moved, 1), EFI_SUCCESS);
    EXPECT_EQ(board.phit().EfiFreeMemoryTop, moved + 0x1000);
  }
}

TEST_F(Migration, PagesThatWereFreedInTheWindowJoinTheGapWhenAnyAreFreed) {
  FixedBoard board;
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(0x10007000));
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(0x10006000));
  ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(kPermanent + 0xff000));
  ASSERT_EQ(board.free_pages(0x10006000, 1), EFI_SUCCESS);
  ASSERT_TRUE(board.return_to_dispatcher());
  EXPECT_EQ(board.free_pages(kPermanent + 0xff000, 1), EFI_SUCCESS);
  EXPECT_EQ(board.phit().EfiFreeMemoryTop, kPermanent + 0xfe000) << "the page in use is the lowest";
}

TEST_F(Migration, PagesThatWereFreedInTheWindowJoinTheGapWhenAPartAboveIsFreed) {
  for (const UINT64 page : {1U, 2U}) {  // of the three: in the middle, and the highest
    FixedBoard board;
    ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 3), ok(0x10005000));
    ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(0x10004000));
    ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
    ASSERT_EQ(board.free_pages(0x10004000, 1), EFI_SUCCESS);
    ASSERT_TRUE(board.return_to_dispatcher());
    ASSERT_EQ(board.phit().EfiFreeMemoryTop, kPermanent + 0xfc000);
    EXPECT_EQ(board.free_pages(kPermanent + 0xfd000 + page * 0x1000, 1), EFI_SUCCESS);
    EXPECT_EQ(board.phit().EfiFreeMemoryTop, kPermanent + 0xfd000) << page;
  }
}

}  // namespace
}  // namespace pei::test
