// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The golden vectors of docs/pei-semantics.md section 9: what EDK II's PEI core was observed
// to do, address for address, against our core through the target ABI. Where we differ on purpose
// the line says so, and why.
#include <gtest/gtest.h>

#include "properties/tests/core/fixed_board.h"
#include "properties/tests/core/fixed_platform.h"

namespace pei::test {
namespace {

class GoldenVectors : public testing::Test {
 protected:
  void SetUp() override {
    if (!FixedBoard::is_available()) GTEST_SKIP() << "fixed addresses: Linux on x86 only";
  }
};

void expect_cursors(const FixedBoard& board, UINT64 end, UINT64 bottom, UINT64 top) {
  EXPECT_EQ(board.phit().EfiEndOfHobList, end);
  EXPECT_EQ(board.phit().EfiFreeMemoryBottom, bottom);
  EXPECT_EQ(board.phit().EfiFreeMemoryTop, top);
}

// GV1 as a prefix: what GV2 and GV3 continue from.
void hobs_and_pool(FixedBoard& board) {
  expect_cursors(board, 0x10000038, 0x10000040, 0x10008000);
  // The table's length 20 is hexadecimal: 0x19 bytes, rounded up.
  EXPECT_EQ(board.create_hob(EFI_HOB_TYPE_GUID_EXTENSION, 0x19), ok(0x10000038));
  expect_cursors(board, 0x10000058, 0x10000060, 0x10008000);
  // Decided (delta 5): a HOB shorter than its header is refused. EDK II gives END away for length
  // 0, and 8 bytes for length 1; asking for 8 keeps the addresses of the rest.
  EXPECT_EQ(board.create_hob(EFI_HOB_TYPE_GUID_EXTENSION, 0), kInvalidNull);
  EXPECT_EQ(board.create_hob(EFI_HOB_TYPE_GUID_EXTENSION, 1), kInvalidNull);
  EXPECT_EQ(board.create_hob(EFI_HOB_TYPE_GUID_EXTENSION, 8), ok(0x10000058));
  expect_cursors(board, 0x10000060, 0x10000068, 0x10008000);
  // Decided: a failing CreateHob answers NULL; EDK II leaves the PHIT's address there (H23).
  EXPECT_EQ(board.create_hob(EFI_HOB_TYPE_GUID_EXTENSION, 0xfff8), kOutOfResourcesNull);
  EXPECT_EQ(board.create_hob(EFI_HOB_TYPE_GUID_EXTENSION, 0xfff9), kInvalidNull);
  EXPECT_EQ(board.create_hob(EFI_HOB_TYPE_GUID_EXTENSION, 0xffff), kInvalidNull);
  EXPECT_EQ(board.allocate_pool(0), ok(0x10000068));
  expect_cursors(board, 0x10000068, 0x10000070, 0x10008000);
  EXPECT_EQ(board.allocate_pool(1), ok(0x10000070));
  expect_cursors(board, 0x10000078, 0x10000080, 0x10008000);
  EXPECT_EQ(board.allocate_pool(9), ok(0x10000080));
  expect_cursors(board, 0x10000090, 0x10000098, 0x10008000);
  EXPECT_EQ(board.allocate_pool(0xfff0), kOutOfResourcesNull);
  // Decided: NULL here too; EDK II leaves it untouched.
  EXPECT_EQ(board.allocate_pool(0xfff1), kOutOfResourcesNull);
  expect_cursors(board, 0x10000090, 0x10000098, 0x10008000);
}

void pages_in_temporary_ram(FixedBoard& board) {
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(0x10007000));
  EXPECT_EQ(board.allocate_pages(EfiRuntimeServicesData, 2), ok(0x10005000));
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(0x10004000));
  expect_cursors(board, 0x10000120, 0x10000128, 0x10004000);

  EXPECT_EQ(board.free_pages(0x10005000, 1), EFI_SUCCESS);
  EXPECT_EQ(board.records(), "10007000+1000:4 10005000+1000:7 10004000+1000:4 10006000+1000:6");
  expect_cursors(board, 0x10000150, 0x10000158, 0x10004000);
  // Decided: freed pages that touch are one record at once. EDK II leaves two, and merges when
  // nothing else fits, at the cost of a pass over the list for each free record.
  EXPECT_EQ(board.free_pages(0x10006000, 1), EFI_SUCCESS);
  EXPECT_EQ(board.records(), "10007000+1000:4 unused 10004000+1000:4 10005000+2000:7");
  EXPECT_EQ(board.free_pages(0x10004000, 1), EFI_SUCCESS);
  EXPECT_EQ(board.records(), "10007000+1000:4 unused unused unused");
  expect_cursors(board, 0x10000150, 0x10000158, 0x10007000);

  EXPECT_EQ(board.allocate_pages(EfiRuntimeServicesData, 2), ok(0x10005000));
  EXPECT_EQ(board.records(), "10007000+1000:4 10005000+2000:6 unused unused");
  for (const UINT32 type : {7U, 8U, 14U}) EXPECT_EQ(board.allocate_pages(type, 1), kInvalid);
  // Decided: no pages are no allocation. EDK II records a range of length 0 in a slot (H16), which
  // stays unused here.
  EXPECT_EQ(board.allocate_pages(EfiBootServicesCode, 0), kInvalid);
  EXPECT_EQ(board.records(), "10007000+1000:4 10005000+2000:6 unused unused");
  expect_cursors(board, 0x10000150, 0x10000158, 0x10005000);
}

TEST_F(GoldenVectors, Gv1FreshListAndHobs) {
  FixedBoard board;
  ASSERT_TRUE(board.entered());
  hobs_and_pool(board);
}

TEST_F(GoldenVectors, Gv2PagesInTemporaryRam) {
  FixedBoard board;
  hobs_and_pool(board);
  pages_in_temporary_ram(board);
}

TEST_F(GoldenVectors, Gv3WindowAndMigration) {
  FixedBoard board;
  hobs_and_pool(board);
  pages_in_temporary_ram(board);

  EXPECT_EQ(board.install(0x20000000, 0x1000000), EFI_SUCCESS);
  expect_cursors(board, 0x10000150, 0x10000158, 0x10005000);
  EXPECT_EQ(board.allocate_pages(EfiRuntimeServicesCode, 1), ok(0x20fff000));
  EXPECT_EQ(board.records(), "10007000+1000:4 10005000+2000:6 20fff000+1000:5 unused");
  EXPECT_EQ(board.allocate_pool(8), ok(0x10000158));

  ASSERT_TRUE(board.return_to_dispatcher());
  const EFI_HOB_HANDOFF_INFO_TABLE& phit = board.phit();
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(&phit), 0x20020000U);
  EXPECT_EQ(phit.EfiMemoryTop, 0x21000000U);
  EXPECT_EQ(phit.EfiMemoryBottom, 0x20000000U);
  expect_cursors(board, 0x20020190, 0x20020198, 0x20ffc000);
  // "unused" stands where EDK II has the record of length 0.
  EXPECT_EQ(board.records(),
            "20ffe000+1000:4 20ffc000+2000:6 20fff000+1000:5 unused stack:20000000+20000:4");

  // One slot is left to recycle here, so the lists differ by one place; the addresses do not.
  EXPECT_EQ(board.allocate_pages(EfiBootServicesCode, 3), ok(0x20ff9000));
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 2), ok(0x20ff7000));
  EXPECT_EQ(board.free_pages(0x20ffa000, 1), EFI_SUCCESS);
  EXPECT_EQ(board.records(),
            "20ffe000+1000:4 20ffc000+2000:6 20fff000+1000:5 20ffa000+1000:7 "
            "stack:20000000+20000:4 20ff7000+2000:4 20ffb000+1000:3 20ff9000+1000:3");
  EXPECT_EQ(phit.EfiFreeMemoryTop, 0x20ff7000U);
  EXPECT_EQ(board.free_pages(0x20ff7000, 2), EFI_SUCCESS);
  EXPECT_EQ(phit.EfiFreeMemoryTop, 0x20ff9000U);
  EXPECT_EQ(board.free_pages(0x20ff9000, 1), EFI_SUCCESS);
  EXPECT_EQ(phit.EfiFreeMemoryTop, 0x20ffb000U);

  // EDK II's gap is FDADA8; ours has the slot more that the record of length 0 took there.
  EXPECT_EQ(board.gap(), 0xfdada8U + 0x30U);
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 0xfdb), kOutOfResources);
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 0xfda), ok(0x20021000));
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 1), kOutOfResources);
}

TEST_F(GoldenVectors, Gv4StackLowWithAHole) {
  FixedBoard board({.heap = 0x10008200, .heap_bytes = 0x7e00, .stack = 0x10000000});
  ASSERT_TRUE(board.entered());
  at<UINT8>(0x10008000)[0] = 0x11;  // the hole
  at<UINT8>(0x10008000)[0x1ff] = 0x22;
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(0x1000f000));
  *at<UINT64>(0x1000f000) = 0x1122334455667788;
  EXPECT_EQ(board.allocate_pool(0x10), ok(0x10008270));
  EXPECT_EQ(board.create_hob(EFI_HOB_TYPE_GUID_EXTENSION, 0x20), ok(0x10008280));
  EXPECT_EQ(board.install(0x21000000, 0x100000), EFI_SUCCESS);
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(0x210ff000));

  ASSERT_TRUE(board.return_to_dispatcher());
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(&board.phit()), 0x21020200U);
  EXPECT_EQ(board.phit().EfiFreeMemoryTop, 0x210fe000U);
  EXPECT_EQ(board.phit().EfiFreeMemoryBottom, 0x21020308U);
  EXPECT_EQ(board.records(), "210fe000+1000:4 210ff000+1000:4 stack:21000000+20000:4");
  EXPECT_EQ(*at<UINT64>(0x210fe000), 0x1122334455667788U);
  EXPECT_EQ(*at<UINT8>(0x21020000), 0x11);
  EXPECT_EQ(*at<UINT8>(0x210201ff), 0x22);
}

TEST_F(GoldenVectors, Gv5TemporaryRamEndsInsideAPage) {
  FixedBoard board({.heap_bytes = 0x8210, .stack = 0x10008210, .stack_bytes = 0x7df0});
  ASSERT_TRUE(board.entered());
  // Decided (delta 7): EfiMemoryTop is aligned down from the start. The page is the same.
  EXPECT_EQ(board.phit().EfiMemoryTop, 0x10008000U);
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(0x10007000));
  EXPECT_EQ(board.install(0x21000000, 0x100000), EFI_SUCCESS);
  ASSERT_TRUE(board.return_to_dispatcher());
  // EDK II copies the tail too, puts the page at 210FE000 and loses [210FF000, 21100000).
  EXPECT_EQ(board.records(), "210ff000+1000:4 stack:21000000+20000:4");
  EXPECT_EQ(board.phit().EfiFreeMemoryTop, 0x210ff000U);
}

TEST_F(GoldenVectors, Gv6ThePlatformSwapsAsItCopies) {
  FixedPlatform platform;
  FixedBoard board({.ppis = platform.copies(Copying::kSwapped).list()});
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 2), ok(0x10006000));
  EXPECT_EQ(board.create_hob(EFI_HOB_TYPE_GUID_EXTENSION, 0x20), ok(0x10000068));
  EXPECT_EQ(board.install(0x20000000, 0x1000000), EFI_SUCCESS);
  EXPECT_EQ(board.allocate_pages(EfiRuntimeServicesData, 1), ok(0x20fff000));
  ASSERT_TRUE(board.return_to_dispatcher());
  EXPECT_EQ(platform.calls(), "(10000000, 20018000, 10000)");
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(&board.phit()), 0x20020000U);
  EXPECT_EQ(board.phit().EfiFreeMemoryTop, 0x20ffd000U);
  EXPECT_EQ(board.phit().EfiFreeMemoryBottom, 0x200200f0U);
  EXPECT_EQ(board.records(), "20ffd000+2000:4 20fff000+1000:6 stack:20000000+20000:4");
}

TEST_F(GoldenVectors, Gv7FreeUpToTheEndOfTheAddressSpace) {
  FixedBoard board;
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(0x10007000));
  const auto before = board.snapshot();
  EXPECT_EQ(board.free_pages(0xfffffffffffff000, 1), EFI_INVALID_PARAMETER);
  EXPECT_EQ(board.snapshot(), before);
}

TEST_F(GoldenVectors, Gv7PageCountsThatOverflow) {
  FixedBoard board;
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(0x10007000));
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(0x10006000));
  EXPECT_EQ(board.free_pages(0x10007000, 1), EFI_SUCCESS);
  constexpr UINTN kWrapping = (~UINTN{0} >> EFI_PAGE_SHIFT) + 1;  // 0x10000000000000 of 64 bits
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, kWrapping), kOutOfResources);
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, kWrapping + 1), kOutOfResources);
  EXPECT_EQ(board.free_pages(0x10006000, kWrapping + 1), EFI_INVALID_PARAMETER);
}

TEST_F(GoldenVectors, Gv7ASecondInstallIsIgnored) {
  FixedBoard board;
  EXPECT_EQ(board.install(0x20000000, 0x1000000), EFI_SUCCESS);
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(0x20fff000));
  EXPECT_EQ(board.install(0x20000000, 0x1000000), EFI_SUCCESS);
  EXPECT_EQ(board.allocate_pages(EfiRuntimeServicesData, 1), ok(0x20ffe000));
}

TEST_F(GoldenVectors, Gv7WindowPagesLeaveRoomForTheMigration) {
  FixedBoard board;
  EXPECT_EQ(board.install(0x20000000, 0x100000), EFI_SUCCESS);
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 0xff), kOutOfResources);
}

TEST_F(GoldenVectors, Gv7MemoryThatWrapsIsRefused) {
  FixedBoard board;
  EXPECT_EQ(board.install(0xfffffffffff00000, 0x100000), EFI_INVALID_PARAMETER);
  EXPECT_EQ(board.install(0xfffffffffffff000, 0x10000), EFI_INVALID_PARAMETER);
}

}  // namespace
}  // namespace pei::test
