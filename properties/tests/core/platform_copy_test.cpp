// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Unit tests of the migration in which the platform copies (docs/pei-semantics.md 3.4), and of
// the holes in temporary RAM (3.3).
#include <gtest/gtest.h>

#include <cstring>

#include "core/services.h"
#include "properties/tests/core/fixed_board.h"
#include "properties/tests/core/fixed_platform.h"

namespace pei::test {
namespace {

class PlatformCopy : public testing::Test {
 protected:
  void SetUp() override {
    if (!FixedBoard::is_available()) GTEST_SKIP() << "fixed addresses: x86-64 Linux only";
  }
};
using Holes = PlatformCopy;

constexpr UINT64 kStackTop = kPermanent + 0x20000;

Layout stack_low(const EFI_PEI_PPI_DESCRIPTOR* ppis) {
  return {.heap = kTemporaryRam + 0x8000, .stack = kTemporaryRam, .ppis = ppis};
}

TEST_F(PlatformCopy, TemporaryRamMayBeGoneWhenThePlatformHasCopied) {
  FixedPlatform platform;
  FixedBoard board(stack_low(platform.copies(Copying::kPlain).tears_down().list()));
  const UINT64 pool = board.allocate_pool(16).out;
  std::memset(at<void>(pool), 0x31, 16);
  const UINT64 page = board.allocate_pages(EfiRuntimeServicesData, 2).out;
  std::memset(at<void>(page), 0x32, 0x2000);
  ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
  ASSERT_TRUE(board.return_to_dispatcher());
  EXPECT_EQ(platform.calls(), "(10000000, 20018000, 10000)");
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(&board.phit()), kStackTop);
  EXPECT_EQ(*at<UINT8>(pool - kTemporaryRam - 0x8000 + kStackTop + 15), 0x31);
  EXPECT_EQ(*at<UINT8>(kPermanent + 0xfe000), 0x32);
  EXPECT_EQ(*at<UINT8>(kPermanent + 0xfffff), 0x32);
  EXPECT_EQ(board.records(), "200fe000+2000:6 stack:20000000+20000:4");
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(kPermanent + 0xfd000));
  ASSERT_TRUE(board.return_to_dispatcher()) << "once in a boot";
  EXPECT_EQ(platform.calls().size(), std::strlen("(10000000, 20018000, 10000)"));
}

// SEC's PPI may lie in temporary RAM.
TEST_F(PlatformCopy, TheRecordPointsToNothingThatLayInTemporaryRam) {
  FixedPlatform platform;
  FixedBoard board(stack_low(platform.copies(Copying::kPlain).list()));
  ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
  ASSERT_TRUE(board.return_to_dispatcher());
  PeiCoreInstance& moved = instance_of(board.services());
  EXPECT_EQ(moved.temporary_ram_support, nullptr);
  EXPECT_EQ(moved.services, &moved.table);
  EXPECT_EQ(moved.table.CpuIo, moved.no_ppi);
  EXPECT_EQ(moved.table.PciCfg, moved.no_ppi);
  EXPECT_EQ(moved.phit, &board.phit());
}

TEST_F(PlatformCopy, ASplitInAFullWindowGrowsTheListInTheHeapThatComesAlong) {
  FixedPlatform platform;
  FixedBoard board(stack_low(platform.copies(Copying::kPlain).list()));
  ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
  const UINT64 three_pages = board.allocate_pages(EfiBootServicesData, 3).out;
  const UINT64 two_pages = board.allocate_pages(EfiBootServicesData, 2).out;
  UINT64 lowest = two_pages;
  for (Answer one = ok(lowest); one.status == EFI_SUCCESS;) {
    lowest = one.out;
    one = board.allocate_pages(EfiBootServicesData, 1);
  }
  EXPECT_EQ(lowest, kStackTop + 0x8000) << "down to the heap's image";
  ASSERT_EQ(board.free_pages(two_pages, 2), EFI_SUCCESS);
  EXPECT_EQ(board.allocate_pages(EfiBootServicesCode, 1), ok(two_pages + 0x1000));
  EXPECT_EQ(board.free_pages(three_pages + 0x1000, 1), EFI_SUCCESS);
}

TEST_F(PlatformCopy, FindsTheHeapWhereAPlainCopyLeavesAHoleBelowIt) {
  FixedPlatform platform;
  FixedBoard board({.heap = kTemporaryRam + 0x8200,
                    .heap_bytes = 0x7e00,
                    .stack = kTemporaryRam,
                    .ppis = platform.copies(Copying::kPlain).list()});
  at<UINT8>(kTemporaryRam + 0x8000)[0] = 0x11;
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(kTemporaryRam + 0xf000));
  *at<UINT8>(kTemporaryRam + 0xf000) = 0x12;
  ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
  ASSERT_TRUE(board.return_to_dispatcher());
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(&board.phit()), kStackTop + 0x200);
  EXPECT_EQ(*at<UINT8>(kStackTop), 0x11);
  EXPECT_EQ(*at<UINT8>(kPermanent + 0xff000), 0x12);
}

TEST_F(PlatformCopy, AnImageThatIsNotThereEndsTheBoot) {
  for (const Copying how : {Copying::kNothing, Copying::kSwapped}) {
    FixedPlatform platform;
    FixedBoard board(stack_low(platform.copies(how).list()));
    ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
    EXPECT_FALSE(board.return_to_dispatcher()) << "swapped here means upside down";
  }
}

TEST_F(PlatformCopy, AnErrorEndsTheBootWhateverWasCopied) {
  FixedPlatform platform;
  FixedBoard board(stack_low(platform.copies(Copying::kFails).list()));
  ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
  EXPECT_FALSE(board.return_to_dispatcher());
}

TEST_F(PlatformCopy, EveryFieldOfAnImageIsLookedAt) {
  const auto boot_with = [](const std::function<void(UINT64)>& damage) {
    FixedPlatform platform;
    FixedBoard board(stack_low(platform.copies(Copying::kPlain).and_then(damage).list()));
    if (board.install(kPermanent, 0x100000) != EFI_SUCCESS) return true;
    return board.return_to_dispatcher();
  };
  const auto record = [](UINT64 image) -> PeiCoreInstance& {
    return *at<PeiCoreInstance>((image + 0x8000 - sizeof(PeiCoreInstance)) & ~UINT64{15});
  };
  const auto phit = [](UINT64 image) -> EFI_HOB_HANDOFF_INFO_TABLE& {
    return *at<EFI_HOB_HANDOFF_INFO_TABLE>(image + 0x8000);
  };
  EXPECT_TRUE(boot_with([](UINT64) {}));
  EXPECT_FALSE(boot_with([&](UINT64 image) { record(image).signature ^= 1; }));
  EXPECT_FALSE(boot_with([&](UINT64 image) { record(image).phase = CorePhase::kWindow; }));
  EXPECT_FALSE(boot_with([&](UINT64 image) { record(image).phit += 1; }));
  EXPECT_FALSE(boot_with([&](UINT64 image) { phit(image).Header.HobType ^= 1; }));
  EXPECT_FALSE(boot_with([&](UINT64 image) { phit(image).Version ^= 1; }));
  EXPECT_FALSE(boot_with([&](UINT64 image) { phit(image).EfiMemoryTop ^= 8; }));
  EXPECT_FALSE(boot_with([&](UINT64 image) { phit(image).EfiMemoryBottom ^= 8; }));
  EXPECT_FALSE(boot_with([&](UINT64 image) { phit(image).EfiFreeMemoryTop ^= 8; }));
  EXPECT_FALSE(boot_with([&](UINT64 image) { phit(image).EfiEndOfHobList ^= 8; }));
}

TEST_F(PlatformCopy, AHeapThatEndsUpMisalignedIsNone) {
  // A plain copy of a stack of 0x7ffc bytes puts the heap 4 bytes beside the multiple of 8.
  FixedPlatform platform;
  FixedBoard board({.heap = kTemporaryRam + 0x8000,
                    .stack = kTemporaryRam + 4,
                    .stack_bytes = 0x7ffc,
                    .ppis = platform.copies(Copying::kPlain).list()});
  ASSERT_TRUE(board.entered());
  ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
  EXPECT_FALSE(board.return_to_dispatcher());
}

TEST_F(PlatformCopy, NoServiceMayBeCalledWhileItRuns) {
  FixedPlatform platform;
  FixedBoard board(
      stack_low(platform.copies(Copying::kPlain)
                    .and_then([&](UINT64) { (void)board.allocate_pages(EfiBootServicesData, 1); })
                    .list()));
  ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
  EXPECT_DEATH((void)board.return_to_dispatcher(),
               "PEI_ASSERT .*: instance.phase != CorePhase::kMigrating");
}

TEST_F(PlatformCopy, PagesStopWhereTheWholeImageWouldNotFit) {
  FixedPlatform platform;
  FixedBoard board(stack_low(platform.copies(Copying::kPlain).list()));
  ASSERT_EQ(board.allocate_pages(EfiRuntimeServicesData, 1), ok(kTemporaryRam + 0xf000));
  EXPECT_EQ(board.install(kPermanent, 0x11000), EFI_OUT_OF_RESOURCES) << "stack, heap, pages";
  ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
  UINTN pages = 0;
  while (board.allocate_pages(EfiBootServicesData, 1).status == EFI_SUCCESS) ++pages;
  EXPECT_EQ(pages, 0x100 - 0x20 - 8 - 1);  // stack, heap, temporary pages
  EXPECT_EQ(board.create_hob(EFI_HOB_TYPE_GUID_EXTENSION, 0x4000).status, EFI_SUCCESS)
      << "the gap of the heap comes along";
  ASSERT_TRUE(board.return_to_dispatcher());
  EXPECT_EQ(board.phit().EfiFreeMemoryTop, kStackTop + 0x8000);
}

TEST_F(PlatformCopy, AListThatFillsTheHeapStillGetsRoomToGrow) {
  FixedPlatform platform;
  FixedBoard board(stack_low(platform.copies(Copying::kPlain).list()));
  board.fill_gap(48);
  EXPECT_EQ(board.install(kPermanent, 0x10000), EFI_OUT_OF_RESOURCES);
  EXPECT_EQ(board.install(kPermanent, 0x12000), EFI_SUCCESS) << "9 pages of stack, 8 of list, 1";
  ASSERT_TRUE(board.return_to_dispatcher());
  EXPECT_EQ(board.gap(), 0x1000U);
}

TEST_F(PlatformCopy, AStackOutsideTemporaryRamIsNoneOfThePlatforms) {
  FixedPlatform platform;
  FixedBoard board({.stack = kPermanent + kPermanentBytes - 0x8000,
                    .temporary_ram_bytes = 0x9000,
                    .ppis = platform.copies(Copying::kSwapped).list()});
  ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
  ASSERT_TRUE(board.return_to_dispatcher());
  EXPECT_EQ(platform.calls(), "");
}

// Three pieces: below, between and above heap and stack, in both orders.
TEST_F(Holes, AreAllMigratedInOrder) {
  for (const bool heap_low : {true, false}) {
    const UINT64 low = kTemporaryRam + 0x1000;
    const UINT64 high = kTemporaryRam + 0x8000;
    FixedBoard board({.heap = heap_low ? low : high,
                      .heap_bytes = 0x6000,
                      .stack = heap_low ? high : low,
                      .stack_bytes = 0x6000});
    std::memset(at<void>(kTemporaryRam), 1, 0x1000);
    std::memset(at<void>(kTemporaryRam + 0x7000), 2, 0x1000);
    std::memset(at<void>(kTemporaryRam + 0xe000), 3, 0x2000);
    ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
    ASSERT_TRUE(board.return_to_dispatcher());
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(&board.phit()), kStackTop + 0x4000);
    const UINT8 wanted[] = {1, 2, 3, 3};
    for (UINT64 i = 0; i < 4; ++i) {
      EXPECT_EQ(*at<UINT8>(kStackTop + i * 0x1000), wanted[i]);
      EXPECT_EQ(*at<UINT8>(kStackTop + i * 0x1000 + 0xfff), wanted[i]);
    }
  }
}

TEST_F(Holes, AStackOutsideLeavesTwoPieces) {
  for (const UINT64 stack : {kPermanent + kPermanentBytes - 0x8000, kTemporaryRam + 0xc000}) {
    FixedBoard board({.heap = kTemporaryRam + 0x1000,
                      .heap_bytes = 0x6000,
                      .stack = stack,
                      .stack_bytes = 0x4000,
                      .temporary_ram_bytes = 0xe000});
    std::memset(at<void>(kTemporaryRam), 1, 0x1000);
    std::memset(at<void>(kTemporaryRam + 0x7000), 2, 0x5000);
    ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
    ASSERT_TRUE(board.return_to_dispatcher());
    EXPECT_EQ(*at<UINT8>(kStackTop + 0xfff), 1);
    EXPECT_EQ(*at<UINT8>(kStackTop + 0x1000), 2);
    EXPECT_EQ(*at<UINT8>(kStackTop + 0x5fff), 2);
  }
}

TEST_F(Holes, OfAnySizeLeaveTheListAtAMultipleOf8) {
  for (const UINT64 bytes : {0U, 1U, 2U, 4U, 7U, 8U, 9U, 16U}) {
    FixedBoard board({.stack = kTemporaryRam + 0x8000 + bytes, .stack_bytes = 0x8000 - bytes});
    ASSERT_TRUE(board.entered());
    ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
    ASSERT_TRUE(board.return_to_dispatcher());
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(&board.phit()), kStackTop + (bytes + 7) / 8 * 8);
  }
}

TEST_F(PlatformCopy, LooksForThePhitWhereOneCanLieOnly) {
  FixedPlatform platform;
  // The stack's image begins at an odd word, and nothing else is copied.
  platform.copies(Copying::kNothing).and_then([](UINT64 image) {
    std::memcpy(at<void>(image), at<void>(kTemporaryRam + 0x8004), 0x7ffc);
  });
  FixedBoard board(
      {.stack = kTemporaryRam + 0x8004, .stack_bytes = 0x7ffc, .ppis = platform.list()});
  ASSERT_TRUE(board.entered());
  ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
  EXPECT_FALSE(board.return_to_dispatcher());
  EXPECT_EQ(platform.calls(), "(10000000, 20018004, 10000)");
}

TEST_F(Holes, ThatNoMemoryCouldTakeAreRefusedInTime) {
  FixedBoard board({.temporary_ram_bytes = ~UINTN{0} / 2 + 1});
  ASSERT_TRUE(board.entered());
  EXPECT_EQ(board.install(UINT64{0xfff} << 52, 0x10000000), EFI_OUT_OF_RESOURCES);
}

TEST_F(Holes, AReservationThatOnlyBeginsInThePagesStaysWhereItIs) {
  FixedBoard board;
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(0x10007000));
  const Answer hob = board.create_hob(EFI_HOB_TYPE_MEMORY_ALLOCATION, 48);
  auto& reserved = at<EFI_HOB_MEMORY_ALLOCATION>(hob.out)->AllocDescriptor;
  reserved = {EFI_HOB_MEMORY_ALLOC_BSP_STORE_GUID, 0x10007000, 0x9000, 0, {}};
  const Answer module = board.create_hob(EFI_HOB_TYPE_MEMORY_ALLOCATION, 72);
  at<EFI_HOB_MEMORY_ALLOCATION>(module.out)->AllocDescriptor = {{}, 0x10007000, 0x1000, 3, {}};
  const Answer bad = board.create_hob(EFI_HOB_TYPE_MEMORY_ALLOCATION, 48);
  at<EFI_HOB_MEMORY_ALLOCATION>(bad.out)->AllocDescriptor = {
      EFI_HOB_MEMORY_ALLOC_BSP_STORE_GUID, 0x10007000, ~UINT64{0}, 0, {}};
  const Answer empty = board.create_hob(EFI_HOB_TYPE_MEMORY_ALLOCATION, 48);
  at<EFI_HOB_MEMORY_ALLOCATION>(empty.out)->AllocDescriptor = {{}, 0x10007000, 0, 0, {}};
  ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
  ASSERT_TRUE(board.return_to_dispatcher());
  EXPECT_EQ(board.records(),
            "200ff000+1000:4 10007000+9000:0 200ff000+1000:3 10007000+ffffffffffffffff:0 "
            "10007000+0:0 stack:20000000+20000:4");
}

}  // namespace
}  // namespace pei::test
