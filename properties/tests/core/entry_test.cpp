// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Unit tests of the core through its table: entry, arguments, HOBs and pool. What must be true of
// any boot is in the property suites.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <csignal>
#include <cstring>
#include <initializer_list>

#include "core/entry.h"
#include "core/services.h"
#include "properties/tests/core/fixed_board.h"

namespace pei::test {
namespace {

class Core : public testing::Test {
 protected:
  void SetUp() override {
    if (!FixedBoard::is_available()) GTEST_SKIP() << "fixed addresses: Linux on x86 only";
  }
};
using Entry = Core;

TEST_F(Core, CopyAndSetAssertThatTheyDoNotWrap) {
  FixedBoard board;
  EXPECT_DEATH(board.table().SetMem(at<void>(~UINT64{0} - 7), 9, 0),
               "PEI_ASSERT .*bytes.cpp:[0-9]+: stays_in_address_space\\(buffer, size_bytes\\)");
  EXPECT_DEATH(board.table().CopyMem(at<void>(kPermanent), at<void>(~UINT64{0} - 7), 9),
               "PEI_ASSERT .*bytes.cpp:[0-9]+: stays_in_address_space\\(source, length_bytes\\)");
  EXPECT_DEATH(
      board.table().CopyMem(at<void>(~UINT64{0} - 7), at<void>(kPermanent), 9),
      "PEI_ASSERT .*bytes.cpp:[0-9]+: stays_in_address_space\\(destination, length_bytes\\)");
}

// There is no memory, so that the process ends; but not by an assertion.
TEST_F(Core, CopyAndSetMayGoUpToTheEndOfTheAddressSpace) {
  const auto is_no_abort = [](int status) {
    return !WIFSIGNALED(status) || WTERMSIG(status) != SIGABRT;
  };
  FixedBoard board;
  EXPECT_EXIT(board.table().SetMem(at<void>(~UINT64{0} - 7), 8, 0), is_no_abort, "");
}

TEST_F(Core, RefusesNullOutParameters) {
  FixedBoard board;
  const auto before = board.snapshot();
  const auto& table = board.table();
  const EFI_PEI_SERVICES** const services = board.services();
  EXPECT_EQ(table.GetHobList(services, nullptr), EFI_INVALID_PARAMETER);
  EXPECT_EQ(table.GetBootMode(services, nullptr), EFI_INVALID_PARAMETER);
  EXPECT_EQ(table.CreateHob(services, 4, 24, nullptr), EFI_INVALID_PARAMETER);
  EXPECT_EQ(table.AllocatePool(services, 24, nullptr), EFI_INVALID_PARAMETER);
  EXPECT_EQ(table.AllocatePages(services, EfiBootServicesData, 1, nullptr), EFI_INVALID_PARAMETER);
  EXPECT_EQ(board.snapshot(), before);
}

TEST_F(Core, RefusesServicesThatAreNotItsOwn) {
  FixedBoard board;
  const EFI_PEI_SERVICES* other[64] = {};
  EXPECT_DEATH(board.table().SetBootMode(other, 0),
               "PEI_ASSERT .*services.cpp:[0-9]+: instance.signature == kLiveRecord");
  EXPECT_DEATH(board.table().SetBootMode(nullptr, 0),
               "PEI_ASSERT .*services.cpp:[0-9]+: services != nullptr && is_aligned");
}

TEST_F(Core, HasNoEmptySlotInItsTable) {
  FixedBoard board;
  const auto* const slots = reinterpret_cast<void* const*>(
      reinterpret_cast<const UINT8*>(&board.table()) + sizeof(EFI_TABLE_HEADER));
  for (std::size_t i = 0; i < 28; ++i) EXPECT_NE(slots[i], nullptr) << i;
  using InstallPpi = EFI_STATUS(EFIAPI*)();
  EXPECT_EQ(reinterpret_cast<InstallPpi>(board.table().InstallPpi)(), EFI_UNSUPPORTED);
}

TEST_F(Core, TableHeaderHasSignatureAndRevision) {
  FixedBoard board;
  const EFI_TABLE_HEADER& header = board.table().Hdr;
  EXPECT_EQ(header.Signature, PEI_SERVICES_SIGNATURE);
  EXPECT_EQ(header.Revision, PEI_SERVICES_REVISION);
  EXPECT_EQ(header.HeaderSize, sizeof(EFI_PEI_SERVICES));
  EXPECT_EQ(header.CRC32, 0U);
  EXPECT_EQ(header.Reserved, 0U);
}

TEST_F(Core, WritesZeroesWherePiReservesThem) {
  FixedBoard board;
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1).status, EFI_SUCCESS);
  ASSERT_EQ(board.allocate_pool(8).status, EFI_SUCCESS);
  const UINT64 end = board.phit().EfiEndOfHobList;
  for (UINT64 hob = reinterpret_cast<std::uintptr_t>(&board.phit()); hob <= end;) {
    const auto& record = *at<EFI_HOB_MEMORY_ALLOCATION>(hob);
    EXPECT_EQ(record.Header.Reserved, 0U) << record.Header.HobType;
    if (record.Header.HobType == EFI_HOB_TYPE_MEMORY_ALLOCATION) {
      for (const UINT8 byte : record.AllocDescriptor.Reserved) EXPECT_EQ(byte, 0);
    }
    hob += record.Header.HobLength;
  }
}

TEST_F(Core, HobLimits) {
  FixedBoard board;
  const auto before = board.snapshot();
  for (const UINT16 length : std::initializer_list<UINT16>{0, 7, 0xfff9, 0xffff}) {
    EXPECT_EQ(board.create_hob(EFI_HOB_TYPE_GUID_EXTENSION, length), kInvalidNull) << length;
  }
  EXPECT_EQ(board.create_hob(EFI_HOB_TYPE_HANDOFF, 56), kInvalidNull);
  EXPECT_EQ(board.create_hob(EFI_HOB_TYPE_END_OF_HOB_LIST, 8), kInvalidNull);
  EXPECT_EQ(board.create_hob(EFI_HOB_TYPE_GUID_EXTENSION, static_cast<UINT16>(board.gap() + 1)),
            kOutOfResourcesNull);
  EXPECT_EQ(board.allocate_pool(0xfff0), kOutOfResourcesNull);
  EXPECT_EQ(board.allocate_pool(0xfff1), kOutOfResourcesNull);
  EXPECT_EQ(board.allocate_pool(~UINTN{0}), kOutOfResourcesNull);
  EXPECT_EQ(board.snapshot(), before);

  EXPECT_EQ(board.create_hob(EFI_HOB_TYPE_GUID_EXTENSION, static_cast<UINT16>(board.gap())).status,
            EFI_SUCCESS);
  EXPECT_EQ(board.gap(), 0U);
  EXPECT_EQ(board.allocate_pool(0), kOutOfResourcesNull);
}

TEST_F(Core, TheLongestHobAndPoolSucceedWhereTheyFit) {
  FixedBoard board;
  ASSERT_EQ(board.install(kPermanent, 0x1000000), EFI_SUCCESS);
  ASSERT_TRUE(board.return_to_dispatcher());
  const UINT64 gap = board.gap();
  EXPECT_EQ(board.create_hob(EFI_HOB_TYPE_GUID_EXTENSION, 0xfff8).status, EFI_SUCCESS);
  EXPECT_EQ(board.allocate_pool(0xfff0).status, EFI_SUCCESS);
  EXPECT_EQ(board.gap(), gap - 2 * 0xfff8);
}

TEST_F(Core, BootModeLivesInThePhit) {
  FixedBoard board;
  EXPECT_EQ(board.table().SetBootMode(board.services(), 0xfeedbeef), EFI_SUCCESS);
  ASSERT_EQ(board.install(kPermanent, 0x1000000), EFI_SUCCESS);
  ASSERT_TRUE(board.return_to_dispatcher());
  EFI_BOOT_MODE mode = 0;
  EXPECT_EQ(board.table().GetBootMode(board.services(), &mode), EFI_SUCCESS);
  EXPECT_EQ(mode, 0xfeedbeef);
  EXPECT_EQ(board.phit().BootMode, 0xfeedbeef);
}

TEST_F(Entry, RefusesHandOffsThatCannotBeWorkedWith) {
  const Layout refused[] = {
      {.heap = kTemporaryRam + 4, .heap_bytes = 0x7000},      // not 8-aligned
      {.heap = kTemporaryRam + 1, .heap_bytes = 0x7000},      //
      {.heap = kTemporaryRam + 0x100, .heap_bytes = 0x200},   // no page begins in it
      {.heap_bytes = 0xfff},                                  // no whole page end
      {.heap = kTemporaryRam + 0xfc8, .heap_bytes = 0x1000},  // 56 bytes to its page end
      {.heap_bytes = 0x8001},                                 // over the stack
      {.heap_bytes = 0},                                      //
      {.stack_bytes = 0x80},                                  // no room for the record
      {.stack_bytes = 0x7ffe},                                // its top is not aligned
      {.stack_bytes = 0x7ff4},                                //
      {.stack_bytes = 0x7ff1},                                //
      {.stack = 0},                                           //
      {.stack = 8, .stack_bytes = 0x78},                      // ends below the size of the record
      {.stack_bytes = ~UINT64{0}},                            // wraps
      {.temporary_ram_bytes = 0x7000},                        // the heap sticks out
      {.temporary_ram_bytes = ~UINT64{0}},                    // wraps
      {.runtime_granularity = 0},
      {.runtime_granularity = 0x800},
      {.runtime_granularity = 0x3000},
      {.runtime_granularity = 0x20000},
  };
  int number = 0;
  for (const Layout& layout : refused) {
    EXPECT_FALSE(FixedBoard(layout).entered()) << number;
    ++number;
  }
  // The page that the stack ends in is the last; with 32 bits there are addresses behind it.
  const UINT64 stack = ~UINTN{0} - 0x1007;
  EXPECT_TRUE(sizeof(UINTN) < 8 || !FixedBoard({.stack = stack, .stack_bytes = 0x1000}).entered());

  const Layout smallest = {.heap = kTemporaryRam + 0xfc0, .heap_bytes = 0x40};
  FixedBoard board(smallest);
  ASSERT_TRUE(board.entered());
  EXPECT_EQ(board.gap(), 0U);
}

TEST_F(Entry, RefusesAHandOffThatIsTooShort) {
  const FixedBoard board;  // fills the memory
  EFI_SEC_PEI_HAND_OFF hand_off = {};
  hand_off.TemporaryRamBase = hand_off.PeiTemporaryRamBase = at<void>(kTemporaryRam);
  hand_off.TemporaryRamSize = kTemporaryRamBytes;
  hand_off.StackBase = at<void>(kTemporaryRam + 0x8000);
  hand_off.PeiTemporaryRamSize = hand_off.StackSize = 0x8000;
  hand_off.DataSize = sizeof(hand_off) - 1;
  EXPECT_EQ(enter_pei_core(hand_off, nullptr, CoreOptions{}), nullptr);
  hand_off.DataSize = sizeof(hand_off);
  EXPECT_NE(enter_pei_core(hand_off, nullptr, CoreOptions{}), nullptr);
}

TEST_F(Entry, TheHeapEndsWithItsLastWholePage) {
  for (const UINT64 bytes : {0x7000U, 0x7001U, 0x7800U, 0x7fffU}) {
    const FixedBoard board({.heap_bytes = bytes});
    EXPECT_EQ(board.phit().EfiMemoryTop, kTemporaryRam + 0x7000) << bytes;
  }
}

TEST_F(Entry, TheRecordLiesAtAMultipleOf16) {
  for (const UINT64 bytes : {0x8000U, 0x7ff8U, 0x7ff0U}) {
    const FixedBoard board({.stack_bytes = bytes});
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(board.services()) % 16, 0U) << bytes;
  }
}

TEST_F(Entry, TheStackMayHoldTheRecordAndNothingElse) {
  constexpr UINT64 kLeast = (sizeof(PeiCoreInstance) + 15) / 16 * 16;
  EXPECT_TRUE(FixedBoard({.stack_bytes = kLeast}).entered());
  EXPECT_FALSE(FixedBoard({.stack_bytes = kLeast - 16}).entered());
}

}  // namespace
}  // namespace pei::test
