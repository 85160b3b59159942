// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Unit tests of the core, noun by noun: what only a look inside or at single bytes can show. What
// must be true of any boot is in the property suites.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <initializer_list>
#include <memory>
#include <numeric>

#include "core/bytes.h"
#include "core/footprint.h"
#include "core/hob_list.h"
#include "core/services.h"
#include "properties/fixed_board.h"

namespace pei::test {
namespace {

constexpr Answer ok(UINT64 out) { return {EFI_SUCCESS, out}; }
constexpr Answer kOutOfResources = {EFI_OUT_OF_RESOURCES, kUntouched};
constexpr Answer kInvalid = {EFI_INVALID_PARAMETER, kUntouched};
constexpr Answer kOutOfResourcesNull = {EFI_OUT_OF_RESOURCES, 0};
constexpr Answer kInvalidNull = {EFI_INVALID_PARAMETER, 0};

class Core : public testing::Test {
 protected:
  void SetUp() override {
    if (!FixedBoard::is_available()) GTEST_SKIP() << "fixed addresses: x86-64 Linux only";
  }
};
using Pages = Core;
using Window = Core;
using Migration = Core;
using Granularity64K = Core;
using Entry = Core;

// Leaves exactly `left_bytes` between the list and the pages.
void fill_gap(FixedBoard& board, UINT64 left_bytes) {
  while (board.gap() - left_bytes > 0) {
    const UINT64 bytes = std::min<UINT64>(board.gap() - left_bytes, 0xfff8);
    ASSERT_EQ(board.create_hob(4, static_cast<UINT16>(bytes)).status, EFI_SUCCESS);
  }
}

// --- hob_list -----------------------------------------------------------------------------------

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
  list.put(0, 4, 24);
  list.put(24, 7, 8);
  list.put(32, EFI_HOB_TYPE_END_OF_HOB_LIST, 8);
  EXPECT_EQ(list.end_of_walk(64), 32U);
  EXPECT_EQ(list.end_of_walk(40), 32U);
}

TEST(HobList, StopsAtALengthThatCannotBe) {
  for (const UINT16 length : std::initializer_list<UINT16>{0, 1, 7, 9, 12, 48, 0xfff8, 0xffff}) {
    HobBytes list;
    list.put(0, 4, 24);
    list.put(24, 7, length);
    EXPECT_EQ(list.end_of_walk(64), broken_at(24)) << length;
  }
}

TEST(HobList, NeverLeavesTheView) {
  HobBytes list;
  list.put(0, 4, 24);
  list.put(24, 7, 16);
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

// --- bytes --------------------------------------------------------------------------------------

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

TEST(Bytes, SetTakesSizeThenValue) {
  std::array<UINT8, 8> bytes = {};
  set_bytes(&bytes[1], 3, 0x80);
  EXPECT_EQ(bytes, (std::array<UINT8, 8>{0, 0x80, 0x80, 0x80, 0, 0, 0, 0}));
  set_bytes(nullptr, 0, 1);
  copy_bytes(nullptr, bytes.data(), 0);
}

TEST_F(Core, CopyAndSetAssertThatTheyDoNotWrap) {
  FixedBoard board;
  EXPECT_DEATH(board.table().SetMem(at<void>(~UINT64{0} - 7), 9, 0), "PEI_ASSERT");
  EXPECT_DEATH(board.table().CopyMem(at<void>(kPermanent), at<void>(~UINT64{0} - 7), 9),
               "PEI_ASSE");
  EXPECT_DEATH(board.table().CopyMem(at<void>(~UINT64{0} - 7), at<void>(kPermanent), 9),
               "PEI_ASSE");
}

// --- services: arguments ------------------------------------------------------------------------

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
  EXPECT_DEATH(board.table().SetBootMode(other, 0), "signature");
  EXPECT_DEATH(board.table().SetBootMode(nullptr, 0), "services != nullptr");
}

TEST_F(Core, HasNoEmptySlotInItsTable) {
  FixedBoard board;
  const auto* const slots = reinterpret_cast<void* const*>(
      reinterpret_cast<const UINT8*>(&board.table()) + sizeof(EFI_TABLE_HEADER));
  for (std::size_t i = 0; i < 28; ++i) EXPECT_NE(slots[i], nullptr) << i;
  using InstallPpi = EFI_STATUS(EFIAPI*)();
  EXPECT_EQ(reinterpret_cast<InstallPpi>(board.table().InstallPpi)(), EFI_UNSUPPORTED);
}

TEST_F(Core, HobLimits) {
  FixedBoard board;
  const auto before = board.snapshot();
  for (const UINT16 length : std::initializer_list<UINT16>{0, 7, 0xfff9, 0xffff}) {
    EXPECT_EQ(board.create_hob(4, length), kInvalidNull) << length;
  }
  EXPECT_EQ(board.create_hob(EFI_HOB_TYPE_HANDOFF, 56), kInvalidNull);
  EXPECT_EQ(board.create_hob(EFI_HOB_TYPE_END_OF_HOB_LIST, 8), kInvalidNull);
  EXPECT_EQ(board.create_hob(4, static_cast<UINT16>(board.gap() + 1)), kOutOfResourcesNull);
  EXPECT_EQ(board.allocate_pool(0xfff0), kOutOfResourcesNull);
  EXPECT_EQ(board.allocate_pool(0xfff1), kOutOfResourcesNull);
  EXPECT_EQ(board.allocate_pool(~UINTN{0}), kOutOfResourcesNull);
  EXPECT_EQ(board.snapshot(), before);

  EXPECT_EQ(board.create_hob(4, static_cast<UINT16>(board.gap())).status, EFI_SUCCESS);
  EXPECT_EQ(board.gap(), 0U);
  EXPECT_EQ(board.allocate_pool(0), kOutOfResourcesNull);
}

TEST_F(Core, TheLongestHobAndPoolSucceedWhereTheyFit) {
  FixedBoard board;
  ASSERT_EQ(board.install(kPermanent, 0x1000000), EFI_SUCCESS);
  ASSERT_TRUE(board.return_to_dispatcher());
  const UINT64 gap = board.gap();
  EXPECT_EQ(board.create_hob(4, 0xfff8).status, EFI_SUCCESS);
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

// --- pages --------------------------------------------------------------------------------------

TEST_F(Pages, RefusalsOfAllocateChangeNothing) {
  FixedBoard board;
  ASSERT_EQ(board.allocate_pages(4, 1).status, EFI_SUCCESS);
  const auto before = board.snapshot();
  for (const UINT32 type : {7U, 8U, 11U, 12U, 13U, 14U, 15U, 16U, 0x70000000U, ~0U}) {
    EXPECT_EQ(board.allocate_pages(type, 1), kInvalid) << type;
  }
  EXPECT_EQ(board.allocate_pages(4, 0), kInvalid);
  for (const UINTN pages : {UINTN{8}, UINTN{1} << 51, (UINTN{1} << 52) - 1, ~UINTN{0}}) {
    EXPECT_EQ(board.allocate_pages(4, pages), kOutOfResources) << pages;
  }
  EXPECT_EQ(board.snapshot(), before);
}

TEST_F(Pages, RefusalsOfFreeChangeNothing) {
  FixedBoard board;
  ASSERT_EQ(board.allocate_pages(4, 2), ok(0x10006000));
  ASSERT_EQ(board.allocate_pages(4, 1), ok(0x10005000));
  const auto before = board.snapshot();
  EXPECT_EQ(board.free_pages(0x10006000, 0), EFI_INVALID_PARAMETER);
  EXPECT_EQ(board.free_pages(0x10006001, 1), EFI_INVALID_PARAMETER);
  EXPECT_EQ(board.free_pages(0x10006000, (UINTN{1} << 52) + 1), EFI_INVALID_PARAMETER);
  EXPECT_EQ(board.free_pages(0x10006000, (UINTN{1} << 52) - 0x10006), EFI_INVALID_PARAMETER);
  EXPECT_EQ(board.free_pages(0x10006000, 3), EFI_NOT_FOUND);
  EXPECT_EQ(board.free_pages(0x10005000, 2), EFI_NOT_FOUND) << "spans two allocations";
  EXPECT_EQ(board.free_pages(0x10004000, 1), EFI_NOT_FOUND);
  EXPECT_EQ(board.free_pages(0, 1), EFI_NOT_FOUND);
  EXPECT_EQ(board.snapshot(), before);
}

TEST_F(Pages, FreeingTwiceIsNotFound) {
  FixedBoard board;
  ASSERT_EQ(board.allocate_pages(4, 2), ok(0x10006000));
  ASSERT_EQ(board.allocate_pages(4, 1), ok(0x10005000));
  EXPECT_EQ(board.free_pages(0x10007000, 1), EFI_SUCCESS);
  EXPECT_EQ(board.free_pages(0x10007000, 1), EFI_NOT_FOUND);
}

TEST_F(Pages, NobodyElsesRecordCanBeFreedOrReused) {
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
  ASSERT_EQ(board.allocate_pages(4, 1).status, EFI_SUCCESS);
  put_record(72, board.phit().EfiFreeMemoryTop, 0x1000, 3);  // a module over pages of ours
  const UINT64 page = board.phit().EfiFreeMemoryTop;
  EXPECT_EQ(board.free_pages(page, 1), EFI_SUCCESS);
  EXPECT_EQ(board.free_pages(page, 1), EFI_NOT_FOUND);
  EXPECT_EQ(board.allocate_pages(4, 0x100), kOutOfResources) << "nothing outside is given out";
}

TEST_F(Pages, ASplitWithoutSlotsIsRefusedAndChangesNothing) {
  FixedBoard board;
  ASSERT_EQ(board.allocate_pages(4, 3), ok(0x10005000));
  ASSERT_EQ(board.allocate_pages(4, 1), ok(0x10004000));
  fill_gap(board, 88);  // one slot; a piece from the middle needs two
  const auto before = board.snapshot();
  EXPECT_EQ(board.free_pages(0x10006000, 1), EFI_OUT_OF_RESOURCES);
  EXPECT_EQ(board.snapshot(), before);
  EXPECT_EQ(board.free_pages(0x10005000, 1), EFI_SUCCESS) << "needs one";
  EXPECT_EQ(board.free_pages(0x10007000, 1), EFI_OUT_OF_RESOURCES) << "none is left";
}

TEST_F(Pages, AnUnusedHobIsASlot) {
  FixedBoard board;
  const Answer unused = board.create_hob(EFI_HOB_TYPE_UNUSED, 41);  // rounds up to 48
  ASSERT_EQ(unused.status, EFI_SUCCESS);
  ASSERT_EQ(board.create_hob(EFI_HOB_TYPE_UNUSED, 56).status, EFI_SUCCESS);
  const UINT64 end = board.phit().EfiEndOfHobList;
  EXPECT_EQ(board.allocate_pages(4, 1), ok(0x10007000));
  EXPECT_EQ(board.phit().EfiEndOfHobList, end);
  EXPECT_EQ(at<EFI_HOB_MEMORY_ALLOCATION>(unused.out)->AllocDescriptor.MemoryBaseAddress,
            0x10007000U);
  EXPECT_EQ(board.allocate_pages(4, 1), ok(0x10006000));
  EXPECT_EQ(board.phit().EfiEndOfHobList, end + 48) << "56 bytes are no slot";
}

TEST_F(Pages, ARecycledSlotNeedsNoGap) {
  FixedBoard board;
  ASSERT_EQ(board.create_hob(EFI_HOB_TYPE_UNUSED, 48).status, EFI_SUCCESS);
  fill_gap(board, 0x1000);
  EXPECT_EQ(board.allocate_pages(4, 1), ok(0x10007000));
  EXPECT_EQ(board.gap(), 0U);
  EXPECT_EQ(board.free_pages(0x10007000, 1), EFI_SUCCESS);
  EXPECT_EQ(board.gap(), 0x1000U);
}

TEST_F(Pages, MergesFreedPagesWhenNothingElseFits) {
  FixedBoard board;
  for (int i = 0; i < 5; ++i) ASSERT_EQ(board.allocate_pages(4, 1).status, EFI_SUCCESS);
  fill_gap(board, 0);
  // 10007000 .. 10003000, of which the middle three go.
  for (const UINT64 page : {0x10005000U, 0x10006000U, 0x10004000U}) {
    ASSERT_EQ(board.free_pages(page, 1), EFI_SUCCESS);
  }
  const auto before = board.snapshot();
  EXPECT_EQ(board.allocate_pages(4, 4), kOutOfResources);
  EXPECT_EQ(board.snapshot(), before) << "the merging that did not help shows";
  EXPECT_EQ(board.allocate_pages(3, 2), ok(0x10005000));
  EXPECT_EQ(board.records(),
            "10007000+1000:4 10004000+1000:7 unused 10005000+2000:3 10003000+1000:4");
}

TEST_F(Pages, AbsorbsALongChainAtOnce) {
  FixedBoard board;
  ASSERT_EQ(board.install(kPermanent, 0x1000000), EFI_SUCCESS);
  ASSERT_TRUE(board.return_to_dispatcher());
  const UINT64 top = board.phit().EfiFreeMemoryTop;
  constexpr UINT64 kPages = 1000;
  for (UINT64 i = 0; i < kPages; ++i) ASSERT_EQ(board.allocate_pages(4, 1).status, EFI_SUCCESS);
  for (UINT64 i = 1; i < kPages; ++i) {
    ASSERT_EQ(board.free_pages(top - i * 0x1000, 1), EFI_SUCCESS);
  }
  EXPECT_EQ(board.phit().EfiFreeMemoryTop, top - kPages * 0x1000);
  EXPECT_EQ(board.free_pages(top - kPages * 0x1000, 1), EFI_SUCCESS);
  EXPECT_EQ(board.phit().EfiFreeMemoryTop, top);
}

// --- the window ---------------------------------------------------------------------------------

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

TEST_F(Window, InstallWritesNothingThatAPeimSeesAndIgnoresLaterCalls) {
  FixedBoard board;
  const EFI_HOB_HANDOFF_INFO_TABLE before = board.phit();
  ASSERT_EQ(board.install(kPermanent, 0x100fff), EFI_SUCCESS);
  EXPECT_EQ(std::memcmp(&before, &board.phit(), sizeof before), 0);
  const auto state = board.state();
  EXPECT_EQ(board.install(0, 0), EFI_SUCCESS);
  EXPECT_EQ(board.install(kTemporaryRam, 1), EFI_SUCCESS);
  EXPECT_EQ(board.state(), state);
  EXPECT_EQ(board.allocate_pages(4, 1), ok(kPermanent + 0xff000)) << "length aligned down";
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
        ASSERT_EQ(board.allocate_pages(6, c.pages).status, EFI_SUCCESS);
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
  ASSERT_EQ(board.allocate_pages(6, 2), ok(0x10006000));
  ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
  UINTN pages = 0;
  while (board.allocate_pages(4, 1).status == EFI_SUCCESS) ++pages;
  EXPECT_EQ(pages, 0x100 - 0x20 - 2 - 2 - 2);  // stack, temporary pages, list, growth
  UINTN bytes = 0;
  while (board.allocate_pool(0x100).status == EFI_SUCCESS) bytes += 0x108;
  EXPECT_LT(bytes, 0x1000U) << "the list may grow to the end of its page, not by all of the heap";
  const auto before = board.snapshot();
  EXPECT_EQ(board.create_hob(4, 0x200), kOutOfResourcesNull);
  EXPECT_EQ(board.snapshot(), before);
  ASSERT_TRUE(board.return_to_dispatcher());
  EXPECT_EQ(board.phit().EfiFreeMemoryTop, kPermanent + 0x100000 - (pages + 2) * 0x1000);
  EXPECT_GE(board.gap(), 0x1000U);
}

TEST_F(Window, TheListKeepsRoomForTheStacksRecord) {
  FixedBoard board;
  fill_gap(board, 40);
  EXPECT_EQ(board.install(kPermanent, 0x100000), EFI_OUT_OF_RESOURCES);

  FixedBoard other;
  fill_gap(other, 144);
  ASSERT_EQ(other.install(kPermanent, 0x100000), EFI_SUCCESS);
  EXPECT_EQ(other.create_hob(4, 104), kOutOfResourcesNull);
  EXPECT_EQ(other.allocate_pages(4, 1).status, EFI_SUCCESS);
  EXPECT_EQ(other.create_hob(4, 56), kOutOfResourcesNull);
  EXPECT_EQ(other.create_hob(4, 48).status, EFI_SUCCESS);
  EXPECT_EQ(other.allocate_pages(4, 1), kOutOfResources);
  EXPECT_EQ(other.allocate_pool(0), kOutOfResourcesNull);
  ASSERT_TRUE(other.return_to_dispatcher());
  EXPECT_NE(other.records().find("stack:20000000+20000:4"), std::string::npos);
  EXPECT_EQ(other.allocate_pages(4, 1).status, EFI_SUCCESS);
}

TEST_F(Window, AnUnusedSlotIsRoomForTheStacksRecord) {
  FixedBoard board;
  ASSERT_EQ(board.create_hob(EFI_HOB_TYPE_UNUSED, 48).status, EFI_SUCCESS);
  fill_gap(board, 0);
  ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
  EXPECT_EQ(board.allocate_pages(4, 1), kOutOfResources);
  ASSERT_TRUE(board.return_to_dispatcher());
  EXPECT_EQ(board.records(), "stack:20000000+20000:4");
}

TEST_F(Window, FreedPagesGoBackToTheirOwnSide) {
  FixedBoard board;
  ASSERT_EQ(board.allocate_pages(4, 1), ok(0x10007000));
  ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
  ASSERT_EQ(board.allocate_pages(4, 2), ok(kPermanent + 0xfe000));
  ASSERT_EQ(board.allocate_pages(4, 1), ok(kPermanent + 0xfd000));
  EXPECT_EQ(board.free_pages(kPermanent + 0xfe000, 2), EFI_SUCCESS);
  EXPECT_EQ(board.free_pages(kPermanent + 0xfd000, 1), EFI_SUCCESS);
  EXPECT_EQ(board.free_pages(0x10007000, 1), EFI_SUCCESS);
  EXPECT_EQ(board.phit().EfiFreeMemoryTop, 0x10007000U) << "stays a record, as in EDK II";
  EXPECT_EQ(board.allocate_pages(4, 1), ok(kPermanent + 0xff000));
  ASSERT_TRUE(board.return_to_dispatcher());
  EXPECT_EQ(board.records().find("10007000"), std::string::npos);
}

// --- migration ----------------------------------------------------------------------------------

TEST_F(Migration, MovesListPagesAndPoolButNotWindowPages) {
  FixedBoard board;
  const UINT64 pool = board.allocate_pool(16).out;
  std::memset(at<void>(pool), 0x31, 16);
  const UINT64 page = board.allocate_pages(6, 1).out;
  std::memset(at<void>(page), 0x32, 0x1000);
  ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
  const UINT64 window = board.allocate_pages(6, 1).out;
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
    const UINT64 page = board.allocate_pages(6, 1).out;
    *at<UINT64>(page) = 0x1234;
    ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
    ASSERT_TRUE(board.return_to_dispatcher());
    EXPECT_EQ(*at<UINT64>(kPermanent + 0xff000), 0x1234U);
    EXPECT_EQ(*at<UINT64>(kPermanent + 0x20000 - layout.stack_bytes), 0x5ecU);
    EXPECT_EQ(board.allocate_pages(4, 1), ok(kPermanent + 0xfe000));
    EXPECT_EQ(board.free_pages(kPermanent + 0xff000, 1), EFI_SUCCESS);
  }
}

// --- 64 KiB -------------------------------------------------------------------------------------

constexpr Layout k64K = {.runtime_granularity = 0x10000};

TEST_F(Granularity64K, RuntimePagesAreAlignedAndPaddingIsDescribed) {
  FixedBoard board(k64K);
  ASSERT_TRUE(board.entered());
  ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
  ASSERT_TRUE(board.return_to_dispatcher());
  ASSERT_EQ(board.allocate_pages(4, 1), ok(kPermanent + 0xff000));
  EXPECT_EQ(board.allocate_pages(6, 1), ok(kPermanent + 0xe0000));
  EXPECT_EQ(board.records(),
            "stack:20000000+20000:4 200ff000+1000:4 200f0000+f000:7 200e0000+10000:6");
  EXPECT_EQ(board.free_pages(kPermanent + 0xe0000, 1), EFI_INVALID_PARAMETER);
  EXPECT_EQ(board.free_pages(kPermanent + 0xe1000, 15), EFI_INVALID_PARAMETER);
  EXPECT_EQ(board.free_pages(kPermanent + 0xe0000, 16), EFI_SUCCESS);
  EXPECT_EQ(board.phit().EfiFreeMemoryTop, kPermanent + 0xff000) << "padding absorbed";
}

TEST_F(Granularity64K, ARefusedRequestLeavesNoPadding) {
  FixedBoard board(k64K);
  ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
  ASSERT_TRUE(board.return_to_dispatcher());
  ASSERT_EQ(board.allocate_pages(4, 1).status, EFI_SUCCESS);
  const auto before = board.snapshot();
  EXPECT_EQ(board.allocate_pages(6, 0x1000), kOutOfResources);
  EXPECT_EQ(board.allocate_pages(6, ~UINTN{0} >> 12), kOutOfResources) << "rounds up past 2^64";
  EXPECT_EQ(board.snapshot(), before);
}

TEST_F(Granularity64K, ReuseRoundsAndAligns) {
  FixedBoard board(k64K);
  ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
  ASSERT_TRUE(board.return_to_dispatcher());
  ASSERT_EQ(board.allocate_pages(4, 0x30), ok(kPermanent + 0xd0000));
  ASSERT_EQ(board.allocate_pages(4, 1).status, EFI_SUCCESS);
  ASSERT_EQ(board.free_pages(kPermanent + 0xd8000, 0x20), EFI_SUCCESS);
  fill_gap(board, 0x1000);
  EXPECT_EQ(board.allocate_pages(6, 6), ok(kPermanent + 0xe0000));
  EXPECT_NE(board.records().find("200e0000+10000:6"), std::string::npos);
}

TEST_F(Granularity64K, TheMigrationMovesByWholeGranules) {
  FixedBoard board(
      {.heap_bytes = 0x8000, .stack = kPermanent + 0x1000000, .runtime_granularity = 0x10000});
  ASSERT_TRUE(board.entered());
  ASSERT_EQ(board.allocate_pages(4, 1), ok(0x10007000));
  ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
  ASSERT_EQ(board.allocate_pages(4, 1), ok(kPermanent + 0xff000));
  ASSERT_TRUE(board.return_to_dispatcher());
  EXPECT_EQ(board.records(),
            "200f7000+1000:4 200ff000+1000:4 stack:20000000+20000:4 200f8000+7000:7");
  EXPECT_EQ(board.phit().EfiFreeMemoryTop, kPermanent + 0xf7000);
}

// --- entry --------------------------------------------------------------------------------------

TEST_F(Entry, RefusesHandOffsThatCannotBeWorkedWith) {
  const Layout refused[] = {
      {.heap = kTemporaryRam + 4},                            // not 8-aligned
      {.heap_bytes = 0xfff},                                  // no whole page end
      {.heap = kTemporaryRam + 0xfc8, .heap_bytes = 0x1000},  // 56 bytes to its page end
      {.heap_bytes = 0x8001},                                 // over the stack
      {.heap_bytes = 0},                                      //
      {.stack_bytes = 0x100},                                 // no room for the record
      {.stack_bytes = 0x7ffc},                                // its top is not aligned
      {.stack = 0},                                           //
      {.stack_bytes = ~UINT64{0}},                            // wraps
      {.temporary_ram_bytes = 0x7000},                        // the heap sticks out
      {.temporary_ram_bytes = ~UINT64{0}},                    // wraps
      {.runtime_granularity = 0x800},
      {.runtime_granularity = 0x3000},
      {.runtime_granularity = 0x20000},
  };
  int number = 0;
  for (const Layout& layout : refused) {
    EXPECT_FALSE(FixedBoard(layout).entered()) << number;
    ++number;
  }
  const Layout smallest = {.heap = kTemporaryRam + 0xfc0, .heap_bytes = 0x40};
  FixedBoard board(smallest);
  ASSERT_TRUE(board.entered());
  EXPECT_EQ(board.gap(), 0U);
}

}  // namespace
}  // namespace pei::test
