// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Unit tests of memory type bins (docs/pei-semantics.md 2.12).
#include <gtest/gtest.h>

#include <cstring>
#include <vector>

#include "core/pi/memory_type_information.h"
#include "properties/tests/core/fixed_board.h"

namespace pei::test {
namespace {

using Entries = std::vector<EFI_MEMORY_TYPE_INFORMATION>;

constexpr Layout kWithBins = {.bins = true};
constexpr UINT32 kTested = 7;
constexpr UINT64 kEndOfMemory = kPermanent + 0x100000;

void put_table(FixedBoard& board, const Entries& entries) {
  const auto bytes = static_cast<UINT16>(entries.size() * sizeof(EFI_MEMORY_TYPE_INFORMATION));
  const Answer hob = board.create_hob(EFI_HOB_TYPE_GUID_EXTENSION,
                                      static_cast<UINT16>(sizeof(EFI_HOB_GUID_TYPE) + bytes));
  ASSERT_EQ(hob.status, EFI_SUCCESS);
  at<EFI_HOB_GUID_TYPE>(hob.out)->Name = EFI_MEMORY_TYPE_INFORMATION_GUID;
  if (bytes != 0) std::memcpy(at<EFI_HOB_GUID_TYPE>(hob.out) + 1, entries.data(), bytes);
}

class Bins : public testing::Test {
 protected:
  void SetUp() override {
    if (!FixedBoard::is_available()) GTEST_SKIP() << "fixed addresses: x86-64 Linux only";
  }

  // A boot with this table up to the migration. `more` runs before it.
  template <typename More>
  static void boot(FixedBoard& board, const Entries& entries, const More& more) {
    put_table(board, entries);
    ASSERT_EQ(board.install(kPermanent, 0x100000), EFI_SUCCESS);
    more();
    ASSERT_TRUE(board.return_to_dispatcher());
  }
  static void boot(FixedBoard& board, const Entries& entries) {
    boot(board, entries, [] {});
  }

  static void put_resource(FixedBoard& board, const EFI_GUID& owner, UINT64 base, UINT64 bytes,
                           UINT32 type = 0, UINT32 attributes = kTested) {
    const Answer hob = board.create_hob(EFI_HOB_TYPE_RESOURCE_DESCRIPTOR, 48);
    ASSERT_EQ(hob.status, EFI_SUCCESS);
    auto& resource = *at<EFI_HOB_RESOURCE_DESCRIPTOR>(hob.out);
    resource.Owner = owner;
    resource.ResourceType = type;
    resource.ResourceAttribute = attributes;
    resource.PhysicalStart = base;
    resource.ResourceLength = bytes;
  }

  // True when two pages of type 6 come from two pages at `top`.
  static bool serves_below(FixedBoard& board, UINT64 top) {
    return board.allocate_pages(EfiRuntimeServicesData, 2) == ok(top - 0x2000);
  }
};

const EFI_GUID& kOwner = EFI_MEMORY_TYPE_INFORMATION_GUID;
const Entries kTwoPages = {{6, 2}, {16, 0}};

constexpr EFI_GUID kOtherName = {0x12345678, 0x1234, 0x1234, {1, 2, 3, 4, 5, 6, 7, 8}};

// Calls `see` with each HOB up to END.
template <typename See>
void each_hob(const FixedBoard& board, const See& see) {
  UINT64 address = reinterpret_cast<std::uintptr_t>(&board.phit());
  for (;;) {
    auto* const hob = at<EFI_HOB_GENERIC_HEADER>(address);
    if (hob->HobType == EFI_HOB_TYPE_END_OF_HOB_LIST) return;
    see(hob);
    address += hob->HobLength;
  }
}

std::vector<EFI_HOB_RESOURCE_DESCRIPTOR> resources_of(const FixedBoard& board) {
  std::vector<EFI_HOB_RESOURCE_DESCRIPTOR> found;
  each_hob(board, [&](EFI_HOB_GENERIC_HEADER* hob) {
    if (hob->HobType != EFI_HOB_TYPE_RESOURCE_DESCRIPTOR) return;
    found.push_back(*reinterpret_cast<EFI_HOB_RESOURCE_DESCRIPTOR*>(hob));
  });
  return found;
}

// The first allocation HOB of a type, or NULL.
EFI_HOB_MEMORY_ALLOCATION* record_of(const FixedBoard& board, UINT32 type) {
  EFI_HOB_MEMORY_ALLOCATION* found = nullptr;
  each_hob(board, [&](EFI_HOB_GENERIC_HEADER* hob) {
    auto* const record = reinterpret_cast<EFI_HOB_MEMORY_ALLOCATION*>(hob);
    const bool is_it = hob->HobType == EFI_HOB_TYPE_MEMORY_ALLOCATION &&
                       record->AllocDescriptor.MemoryType == type;
    if (is_it && found == nullptr) found = record;
  });
  return found;
}

// Its Name.
EFI_GUID name_of(const FixedBoard& board, UINT32 type) {
  const EFI_HOB_MEMORY_ALLOCATION* const record = record_of(board, type);
  return record == nullptr ? EFI_GUID{} : record->AllocDescriptor.Name;
}

bool is_tagged(const FixedBoard& board, UINT32 type) {
  const EFI_GUID name = name_of(board, type);
  return std::memcmp(&name, &EFI_MEMORY_TYPE_INFORMATION_GUID, sizeof name) == 0;
}

TEST_F(Bins, AreCarvedFromTheTopOfTheGapInTheOrderOfTheTable) {
  FixedBoard board(kWithBins);
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1).status, EFI_SUCCESS);
  boot(board, {{6, 8}, {5, 4}, {7, 100}, {9, 0}, {16, 0}});
  EXPECT_EQ(board.phit().EfiFreeMemoryTop, kEndOfMemory - 0x1000 - 0xc000);
  // I85: every page of a bin can be had, in one request too.
  EXPECT_EQ(board.allocate_pages(EfiRuntimeServicesData, 8), ok(kEndOfMemory - 0x9000));
  EXPECT_EQ(board.allocate_pages(EfiRuntimeServicesCode, 1), ok(kEndOfMemory - 0xa000));
  EXPECT_EQ(board.allocate_pages(EfiRuntimeServicesCode, 3), ok(kEndOfMemory - 0xd000));
  // I84: then the gap; types without a bin use nothing else.
  EXPECT_EQ(board.allocate_pages(EfiRuntimeServicesData, 1), ok(kEndOfMemory - 0xe000));
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(kEndOfMemory - 0xf000));
  EXPECT_EQ(board.allocate_pages(EfiACPIReclaimMemory, 1), ok(kEndOfMemory - 0x10000));
  // I86.
  EXPECT_TRUE(is_tagged(board, 6));
  EXPECT_TRUE(is_tagged(board, 5));
  EXPECT_FALSE(is_tagged(board, 9));
  EXPECT_EQ(board.allocate_pages(EfiReservedMemoryType, 1).status, EFI_SUCCESS);
  EXPECT_FALSE(is_tagged(board, 0)) << "no type without a bin";
}

TEST_F(Bins, CarvedOnesHaveOneResourceOfTheirOwn) {
  FixedBoard board(kWithBins);
  boot(board, {{6, 8}, {5, 4}, {16, 0}});
  const std::vector<EFI_HOB_RESOURCE_DESCRIPTOR> resources = resources_of(board);
  ASSERT_EQ(resources.size(), 1U);
  EXPECT_EQ(std::memcmp(&resources[0].Owner, &kOwner, sizeof kOwner), 0);
  EXPECT_EQ(resources[0].ResourceType, EFI_RESOURCE_SYSTEM_MEMORY);
  EXPECT_EQ(resources[0].ResourceAttribute, kTested);
  EXPECT_EQ(resources[0].PhysicalStart, kEndOfMemory - 0xc000);
  EXPECT_EQ(resources[0].ResourceLength, 0xc000U);
  EXPECT_EQ(board.phit().EfiEndOfHobList + 8, board.phit().EfiFreeMemoryBottom);
}

TEST_F(Bins, ThoseOfAPlatformHaveItsResourceOnly) {
  FixedBoard board(kWithBins);
  boot(board, kTwoPages, [&] { put_resource(board, kOwner, kPermanent + 0x80000, 0x2000); });
  EXPECT_TRUE(serves_below(board, kPermanent + 0x82000));
  EXPECT_EQ(resources_of(board).size(), 1U);
}

TEST_F(Bins, ATableMayHaveEachTypeAndItsEnd) {
  Entries entries;
  for (UINT32 type = 0; type < 16; ++type) entries.push_back({type, type + 1});
  entries.push_back({16, 0});
  FixedBoard board(kWithBins);
  boot(board, entries);
  UINT64 top = kEndOfMemory;
  for (const UINT32 type : {0U, 1U, 2U, 3U, 4U, 5U, 6U, 9U, 10U}) {
    top -= (type + 1) * UINT64{0x1000};
    EXPECT_EQ(board.allocate_pages(type, type + 1), ok(top)) << type;
    EXPECT_TRUE(is_tagged(board, type) || type == 4) << type << ", of which the stack is the first";
  }
  EXPECT_EQ(board.phit().EfiFreeMemoryTop, top);
}

TEST_F(Bins, TheRestOfAnOlderRecordIsNamedAndThatOfAPeimsIsNot) {
  FixedBoard board(kWithBins);
  ASSERT_EQ(board.allocate_pages(EfiRuntimeServicesData, 3).status, EFI_SUCCESS);
  ASSERT_EQ(board.allocate_pages(EfiBootServicesCode, 3).status, EFI_SUCCESS);
  boot(board, kTwoPages);
  EXPECT_FALSE(is_tagged(board, 6)) << "from before the bins";
  EXPECT_EQ(board.free_pages(kEndOfMemory - 0x1000, 1), EFI_SUCCESS);
  EXPECT_TRUE(is_tagged(board, 6));
  // A PEIM that borrows the name has no bin for it.
  record_of(board, 3)->AllocDescriptor.Name = kOwner;
  EXPECT_EQ(board.free_pages(kEndOfMemory - 0x6000, 1), EFI_SUCCESS);
  EXPECT_FALSE(is_tagged(board, 3));
  record_of(board, 3)->AllocDescriptor.Name = kOtherName;
  EXPECT_EQ(board.free_pages(kEndOfMemory - 0x5000, 1), EFI_SUCCESS);
  const EFI_GUID name = name_of(board, 3);
  EXPECT_EQ(std::memcmp(&name, &kOtherName, sizeof name), 0) << "another's name stays";
}

TEST_F(Bins, TakeFreedPagesBackAndNameThemAsOthers) {
  FixedBoard board(kWithBins);
  boot(board, {{6, 4}, {16, 0}});
  ASSERT_EQ(board.allocate_pages(EfiRuntimeServicesData, 1), ok(kEndOfMemory - 0x1000));
  ASSERT_EQ(board.allocate_pages(EfiRuntimeServicesData, 2), ok(kEndOfMemory - 0x3000));
  EXPECT_EQ(board.free_pages(kEndOfMemory - 0x3000, 2), EFI_SUCCESS);
  EXPECT_EQ(board.allocate_pages(EfiRuntimeServicesData, 3), ok(kEndOfMemory - 0x4000))
      << "back in the bin";
  EXPECT_EQ(board.free_pages(kEndOfMemory - 0x1000, 1), EFI_SUCCESS);
  EXPECT_FALSE(is_tagged(board, 7)) << "a free record has no owner";
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(kEndOfMemory - 0x5000))
      << "not from another's bin";
  EXPECT_EQ(board.allocate_pages(EfiRuntimeServicesData, 1), ok(kEndOfMemory - 0x1000))
      << "freed pages before the gap";
  EXPECT_TRUE(is_tagged(board, 6));
}

TEST_F(Bins, PagesBelowThemAreFreedIntoTheGap) {
  FixedBoard board(kWithBins);
  boot(board, kTwoPages);
  const UINT64 top = board.phit().EfiFreeMemoryTop;
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(top - 0x1000));
  EXPECT_EQ(board.free_pages(top - 0x1000, 1), EFI_SUCCESS);
  EXPECT_EQ(board.phit().EfiFreeMemoryTop, top);
}

TEST_F(Bins, PagesBelowThemJoinTheGapWhateverIsAboveThem) {
  for (const bool in_bin : {false, true}) {
    for (const bool above : {false, true}) {
      FixedBoard board(kWithBins);
      if (above) {
        ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1).status, EFI_SUCCESS);
      }
      boot(board, kTwoPages);
      if (in_bin) {
        ASSERT_EQ(board.allocate_pages(EfiRuntimeServicesData, 1).status, EFI_SUCCESS);
      }
      const UINT64 top = board.phit().EfiFreeMemoryTop;
      ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(top - 0x1000));
      ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(top - 0x2000));
      ASSERT_EQ(board.free_pages(top - 0x1000, 1), EFI_SUCCESS);
      EXPECT_EQ(board.phit().EfiFreeMemoryTop, top - 0x2000);
      EXPECT_EQ(board.free_pages(top - 0x2000, 1), EFI_SUCCESS);
      EXPECT_EQ(board.phit().EfiFreeMemoryTop, top) << in_bin << above;
    }
  }
}

TEST_F(Bins, PagesAboveThemAreStillFreedAndUsedAgain) {
  FixedBoard board(kWithBins);
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 3).status, EFI_SUCCESS);
  boot(board, kTwoPages);
  EXPECT_EQ(board.free_pages(kEndOfMemory - 0x3000, 3), EFI_SUCCESS);
  EXPECT_EQ(board.phit().EfiFreeMemoryTop, kEndOfMemory - 0x5000) << "the bins lie between";
  const auto gap_pages = static_cast<UINTN>(board.gap() / 0x1000);
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, gap_pages - 1).status, EFI_SUCCESS);
  board.fill_gap(48);
  EXPECT_EQ(board.allocate_pages(EfiBootServicesCode, 2), ok(kEndOfMemory - 0x2000));
}

TEST_F(Bins, GranulesAreWholeAndPaddingIsDescribed) {
  FixedBoard board({.runtime_granularity = 0x10000, .bins = true});
  boot(board, {{6, 17}, {4, 1}, {16, 0}},
       [&] { (void)board.allocate_pages(EfiACPIReclaimMemory, 1); });
  EXPECT_EQ(board.phit().EfiFreeMemoryTop, kPermanent + 0xc0000);
  EXPECT_NE(board.records().find("200f0000+f000:7"), std::string::npos);
  EXPECT_EQ(board.allocate_pages(EfiRuntimeServicesData, 17), ok(kPermanent + 0xd0000));
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 16), ok(kPermanent + 0xc0000));
}

TEST_F(Bins, LieWhereThePlatformSaysIfNothingElseDoes) {
  const struct {
    const char* what;
    UINT64 base, bytes;
    UINT64 bin_top;  // 0: no bins
    UINT32 type = 0;
    UINT32 attributes = kTested;
  } cases[] = {
      {"outside of PEI's memory", kPermanent + 0x800000, 0x2000, kPermanent + 0x802000},
      {"its end inside a page", kPermanent + 0x800000, 0x2fff, kPermanent + 0x802000},
      {"inside the gap", kPermanent + 0x80000, 0x2000, kPermanent + 0x82000},
      {"over the new stack", kPermanent, 0x10000, 0},
      {"over the list", kPermanent + 0x20000, 0x2000, 0},
      {"over pages", kEndOfMemory - 0x1000, 0x2000, 0},
      {"over a platform's reservation", kPermanent + 0x900000, 0x2000, 0},
      {"too small", kPermanent + 0x800000, 0x1000, 0},
      {"empty", kPermanent + 0x800000, 0, 0},
      {"down to address 0", 0, 0x2000, 0},
      {"wraps", ~UINT64{0} - 0xfff, 0x2000, 0},
      {"no memory", kPermanent + 0x800000, 0x2000, 0, EFI_RESOURCE_MEMORY_MAPPED_IO},
      {"not tested", kPermanent + 0x800000, 0x2000, 0, 0, 3},
  };
  for (const auto& c : cases) {
    FixedBoard board(kWithBins);
    ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 1).status, EFI_SUCCESS);
    boot(board, kTwoPages, [&] {
      put_resource(board, kOwner, c.base, c.bytes, c.type, c.attributes);
      put_resource(board, {}, kPermanent + 0x800000, 0x2000);  // another owner's
      const Answer hob = board.create_hob(EFI_HOB_TYPE_MEMORY_ALLOCATION, 48);
      at<EFI_HOB_MEMORY_ALLOCATION>(hob.out)->AllocDescriptor = {
          {}, kPermanent + 0x901000, 0x1000, 0, {}};
      (void)board.create_hob(EFI_HOB_TYPE_RESOURCE_DESCRIPTOR, 40);  // without an owner
    });
    EXPECT_EQ(serves_below(board, c.bin_top == 0 ? kEndOfMemory - 0x1000 : c.bin_top), true)
        << c.what;
    EXPECT_EQ(is_tagged(board, 6), c.bin_top != 0) << c.what;
  }
}

TEST_F(Bins, InTheGapLeaveTheRestOfItUsable) {
  FixedBoard board(kWithBins);
  boot(board, kTwoPages, [&] { put_resource(board, kOwner, kPermanent + 0x80000, 0x2000); });
  EXPECT_EQ(board.phit().EfiFreeMemoryTop, kPermanent + 0x80000);
  EXPECT_NE(board.records().find("20082000+7e000:7"), std::string::npos);
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 1), ok(kPermanent + 0x7f000))
      << "the gap first";
  EXPECT_EQ(board.allocate_pages(EfiBootServicesData, 0x7e), ok(kPermanent + 0x82000))
      << "then what is free above";
}

TEST_F(Bins, OutsideWouldHaveToAvoidARecordThatWraps) {
  FixedBoard board(kWithBins);
  boot(board, kTwoPages, [&] {
    put_resource(board, kOwner, kPermanent + 0x800000, 0x2000);
    const Answer hob = board.create_hob(EFI_HOB_TYPE_MEMORY_ALLOCATION, 48);
    auto& record = at<EFI_HOB_MEMORY_ALLOCATION>(hob.out)->AllocDescriptor;
    record = {{}, 0xfffffffffffff000, 0x2000, EfiLoaderData, {}};
  });
  EXPECT_FALSE(serves_below(board, kPermanent + 0x802000));
}

TEST_F(Bins, ABadTableMeansNone) {
  Entries without_end(17, EFI_MEMORY_TYPE_INFORMATION{7, 1});
  Entries end_too_late = without_end;
  end_too_late.push_back({16, 0});
  end_too_late[0] = {6, 2};
  const Entries bad[] = {{},
                         {{16, 0}},
                         {{6, 2}},
                         {{6, 2}, {17, 1}, {16, 0}},
                         {{6, 2}, {6, 2}, {16, 0}},
                         {{7, 2}, {8, 2}, {16, 0}},
                         {{6, 0}, {16, 0}},
                         {{6, 0xffffffff}, {16, 0}},
                         {{6, 2}, {5, 0xffffffff}, {16, 0}},
                         {{6, 0xe0}, {16, 0}},  // all of the gap
                         end_too_late};
  for (const Entries& entries : bad) {
    FixedBoard board(kWithBins);
    boot(board, entries);
    EXPECT_EQ(board.phit().EfiFreeMemoryTop, kEndOfMemory);
    EXPECT_TRUE(serves_below(board, kEndOfMemory));
    EXPECT_FALSE(is_tagged(board, 6));
    EXPECT_TRUE(resources_of(board).empty());
  }
}

TEST_F(Bins, AResourceOfAnotherLengthNamesNoRange) {
  FixedBoard board(kWithBins);
  boot(board, kTwoPages, [&] {
    const Answer hob = board.create_hob(EFI_HOB_TYPE_RESOURCE_DESCRIPTOR, 56);
    *at<EFI_HOB_RESOURCE_DESCRIPTOR>(hob.out) = {{EFI_HOB_TYPE_RESOURCE_DESCRIPTOR, 56, 0},
                                                 kOwner,
                                                 0,
                                                 kTested,
                                                 kPermanent + 0x800000,
                                                 0x2000};
  });
  EXPECT_EQ(board.phit().EfiFreeMemoryTop, kEndOfMemory - 0x2000) << "carved from the gap";
}

TEST_F(Bins, TheFirstTableCountsEvenIfItIsEmpty) {
  FixedBoard board(kWithBins);
  put_table(board, {});
  boot(board, kTwoPages);
  EXPECT_EQ(board.phit().EfiFreeMemoryTop, kEndOfMemory);
}

TEST_F(Bins, AreNotSetUpWithoutATableOrTwiceOrOnS3OrUnasked) {
  const auto is_untouched = [](FixedBoard& board) {
    return board.phit().EfiFreeMemoryTop == kEndOfMemory;
  };
  FixedBoard no_table(kWithBins);
  boot(no_table, kTwoPages, [&] {
    // What resembles the table: another GUID, or no GUID at all.
    at<EFI_HOB_GUID_TYPE>(kTemporaryRam + 56)->Name.Data1 ^= 1;
    (void)no_table.create_hob(EFI_HOB_TYPE_GUID_EXTENSION, 16);
  });
  EXPECT_TRUE(is_untouched(no_table));

  FixedBoard two_ranges(kWithBins);
  boot(two_ranges, kTwoPages, [&] {
    put_resource(two_ranges, kOwner, kPermanent + 0x800000, 0x2000);
    put_resource(two_ranges, kOwner, kPermanent + 0x900000, 0x2000);
  });
  EXPECT_TRUE(is_untouched(two_ranges));
  EXPECT_FALSE((two_ranges.allocate_pages(EfiRuntimeServicesData, 1), is_tagged(two_ranges, 6)));

  FixedBoard s3(kWithBins);
  boot(s3, kTwoPages, [&] { s3.table().SetBootMode(s3.services(), BOOT_ON_S3_RESUME); });
  EXPECT_TRUE(is_untouched(s3));

  FixedBoard unasked;
  boot(unasked, kTwoPages);
  EXPECT_TRUE(is_untouched(unasked));
}

TEST_F(Bins, WithoutRoomForTheirHobsAreNone) {
  // Padding and a list that fills the gap but for a page.
  FixedBoard board({.runtime_granularity = 0x10000, .bins = true});
  put_table(board, kTwoPages);
  ASSERT_EQ(board.install(kPermanent, 0x50000), EFI_SUCCESS);
  ASSERT_EQ(board.allocate_pages(EfiBootServicesData, 0x10 + 3).status, EFI_SUCCESS);
  ASSERT_TRUE(board.return_to_dispatcher());
  EXPECT_EQ(board.phit().EfiFreeMemoryTop, kPermanent + 0x50000 - 0x13000);
}

// A boot whose list is longer by `filler` bytes, in memory that begins `shift` pages higher.
struct Fit {
  UINT64 granularity = 0x1000;
  bool of_platform = false;
  UINT32 pages = 1;
  UINT64 shift = 0;
};

void prepare(FixedBoard& board, const Fit& fit, UINT16 filler) {
  put_table(board, {{6, fit.pages}, {16, 0}});
  // Pages below them move, so that bins of 64 KiB have padding above them.
  if (fit.granularity > 0x1000) (void)board.allocate_pages(EfiACPIReclaimMemory, 1);
  if (fit.of_platform) {
    const Answer hob = board.create_hob(EFI_HOB_TYPE_RESOURCE_DESCRIPTOR, 48);
    *at<EFI_HOB_RESOURCE_DESCRIPTOR>(hob.out) = {
        {EFI_HOB_TYPE_RESOURCE_DESCRIPTOR, 48, 0}, kOwner, 0, kTested, kPermanent, 0xff000};
  }
  (void)board.create_hob(0x8000, filler);
}

// What the bins leave of the gap, or 0 when there are none.
UINT64 left_by_bins(const Fit& fit, UINT16 filler) {
  FixedBoard board({.runtime_granularity = fit.granularity, .bins = true});
  prepare(board, fit, filler);
  (void)board.install(kPermanent + fit.shift * 0x1000, 0x100000 - fit.shift * 0x1000);
  if (!board.return_to_dispatcher()) return 0;
  const EFI_HOB_HANDOFF_INFO_TABLE& phit = board.phit();
  const bool has_bins = phit.EfiFreeMemoryTop <= kEndOfMemory - fit.pages * UINT64{0x1000};
  return has_bins ? phit.EfiFreeMemoryTop - phit.EfiFreeMemoryBottom : 0;
}

// With bins as large as they can be.
Fit tightest(Fit fit) {
  fit.pages = static_cast<UINT32>(fit.granularity / 0x1000);
  const UINT64 most = left_by_bins(fit, 8) - 0x1000;
  fit.pages += static_cast<UINT32>(most / fit.granularity * (fit.granularity / 0x1000));
  fit.shift = most % fit.granularity / 0x1000;
  return fit;
}

TEST_F(Bins, LeaveTheListAPageAndNotAByteMore) {
  for (const Fit& each : {Fit{0x1000, false}, Fit{0x1000, true}, Fit{0x10000, false}}) {
    const Fit fit = tightest(each);
    UINT64 last = 0;
    for (UINT16 filler = 8; filler < 0x1100; filler = static_cast<UINT16>(filler + 8)) {
      const UINT64 left = left_by_bins(fit, filler);
      if (left == 0) break;
      last = left;
    }
    EXPECT_EQ(last, 0x1000U) << each.granularity << each.of_platform;
  }
}

TEST_F(Bins, OfARangeThatIsNamedBeforeTheTable) {
  FixedBoard board(kWithBins);
  put_resource(board, kOwner, kPermanent + 0x800000, 0x2000);
  boot(board, kTwoPages);
  EXPECT_TRUE(serves_below(board, kPermanent + 0x802000)) << "a resource is no table";
}

TEST_F(Bins, NeverReachBelowPeisMemory) {
  // 64 KiB granules: the gap's top, aligned down, lies below all that PEI has.
  FixedBoard board({.stack_bytes = 0x1000,
                    .temporary_ram_bytes = 0x9000,
                    .runtime_granularity = 0x10000,
                    .bins = true});
  put_table(board, kTwoPages);
  ASSERT_EQ(board.install(kPermanent + 0x21000, 0xe000), EFI_SUCCESS);
  ASSERT_TRUE(board.return_to_dispatcher());
  EXPECT_EQ(board.phit().EfiFreeMemoryTop, kPermanent + 0x2f000);
  EXPECT_FALSE((board.allocate_pages(EfiRuntimeServicesData, 1), is_tagged(board, 6)));
}

}  // namespace
}  // namespace pei::test
