// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The first memory that DXE works in (docs/pei-semantics.md 4.2, I92), and bins (2.12).
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "core/pi/memory_type_information.h"
#include "properties/tests/dxe/dxe_bench.h"

namespace pei::test {
namespace {

using dxe::HandOffFlaw;

std::string region_of(HobWriter list, UINT64 granularity = 0x1000) {
  DxeBench bench;
  const dxe::HandOffError error = bench.take_over(std::move(list), granularity);
  if (!error.none())
    return std::string(dxe::text_of(error.flaw)) + " " + std::to_string(error.offset);
  char text[64];
  std::snprintf(text, sizeof text, "%llx-%llx",
                static_cast<unsigned long long>(bench.memory().first_region().base()),
                static_cast<unsigned long long>(bench.memory().first_region().end()));
  return text;
}

// [1 MiB, 4 MiB) around PEI's memory; further HOBs at 120.
HobWriter roomy_list(const PeiMemory& memory = {}) {
  HobWriter list(memory);
  list.cpu(40);
  list.resource(0x80000, 0x380000);
  return list;
}

TEST(DxeFirstRegion, AboveThenTheGapThenBelow) {
  HobWriter list = roomy_list();
  EXPECT_EQ(region_of(list), "200000-400000");
  list.allocation(0x200000, 0x1f1000, 4);
  EXPECT_EQ(region_of(list), "111000-1f0000") << "0xf000 bytes above are too few";
  list.allocation(0x118000, 0xd0000, 4);
  EXPECT_EQ(region_of(list), "80000-110000");
  list.allocation(0x88000, 0x80000, 4);
  EXPECT_EQ(region_of(list), "no free memory is large enough to start in 72");
}

TEST(DxeFirstRegion, ExactlyEnoughIsEnough) {
  HobWriter list = roomy_list();
  list.allocation(0x210000, 0x1f0000, 4);
  EXPECT_EQ(region_of(list), "200000-210000");
  HobWriter full;
  full.cpu(40);
  full.resource(0x10f000, 0xe1000);
  full.allocation(0x112000, 0xde000, 4);
  full.resource(0x40000000, 0x10000);
  EXPECT_EQ(region_of(full), "40000000-40010000");
}

TEST(DxeFirstRegion, IsTheLargestFreeStretch) {
  HobWriter list = roomy_list();
  list.allocation(0x240000, 0x1000, 4);
  list.allocation(0x300000, 0x1000, 4);
  EXPECT_EQ(region_of(list), "301000-400000");
  list.allocation(0x380000, 0x10000, EfiConventionalMemory);
  EXPECT_EQ(region_of(list), "301000-400000") << "what was given back is free";
}

TEST(DxeFirstRegion, IsTheLowestOfLikeStretches) {
  HobWriter list = roomy_list();
  list.allocation(0x2f0000, 0x20000, 4);
  EXPECT_EQ(region_of(list), "200000-2f0000");
  list.allocation(0x200000, 0x200000, 4);
  list.allocation(0x111000, 0xdf000, 4);
  EXPECT_EQ(region_of(list), "80000-110000");
  list.allocation(0xc0000, 0x10000, 4);
  EXPECT_EQ(region_of(list), "80000-c0000");
}

TEST(DxeFirstRegion, NothingOfAnEarlierListIsFree) {
  HobWriter before = roomy_list();
  before.allocation(0x200000, 0x10000, 4);
  HobWriter list = roomy_list();
  list.allocation(0x200000, 0x200000, 4);
  list.content(EFI_HOB_TYPE_FV, 0x300000, 0x1000);
  DxeBench bench;
  ASSERT_TRUE(bench.take_over(before).none());
  EXPECT_EQ(bench.text(), "80000+180 7 200000+10 4 210000+1f0 7");
  ASSERT_TRUE(bench.take_over(list).none());
  EXPECT_EQ(bench.text(), "80000+180 7 200000+200 4");
  EXPECT_EQ(bench.rejected(), "");
  EXPECT_EQ(bench.memory().first_region().base(), 0x111000U);
  EXPECT_EQ(bench.memory().first_region().end(), 0x1f0000U);
}

TEST(DxeFirstRegion, IsMadeOfWholePages) {
  PeiMemory memory;
  memory.free_top = 0x1effff;
  memory.top = 0x200001;
  HobWriter list = roomy_list(memory);
  EXPECT_EQ(region_of(list), "201000-400000");
  list.allocation(0x201000, 0x1ff000, 4);
  EXPECT_EQ(region_of(list), "111000-1ef000");
}

TEST(DxeFirstRegion, StraddlingAllocationsAreHeeded) {  // H26
  HobWriter list = roomy_list();
  list.allocation(0x1f8000, 0x10000, 4);
  EXPECT_EQ(region_of(list), "208000-400000");
  HobWriter above;
  above.cpu(40);
  above.resource(0x100000, 0xf8000);  // ends below EfiMemoryTop
  EXPECT_EQ(region_of(above), "111000-1f0000");
}

TEST(DxeFirstRegion, TheListItselfIsNotInIt) {
  PeiMemory memory{0x100000, 0x180000, 0x180080, 0x180080};
  HobWriter list(memory);
  list.cpu(40);
  list.resource(0x180000, 0x10000);  // holds the gap, and no room
  EXPECT_EQ(region_of(list), "no free memory is large enough to start in 72");
  list.put(32, 0x1800b0).put(16, 0x1800b0);  // a HOB more
  list.resource(0x100000, 0x100000);         // overlaps: [0x181000, 0x200000) lies above the list
  EXPECT_EQ(region_of(list), "100000-180000");
}

TEST(DxeFirstRegion, WorksAtTheTopOfAllAddresses) {
  HobWriter list({0xfffffffffff00000, 0xfffffffffffff000, 0xffffffffffffff00, ~UINT64{0}});
  list.cpu(64);
  list.resource(0xfffffffffff00000, 0xfffff);
  EXPECT_EQ(region_of(list), "fffffffffff00000-fffffffffffff000");
}

TEST(DxeFirstRegion, OtherwiseTheHighestOtherTestedResource) {
  HobWriter list;
  list.cpu(40);
  list.resource(0x10f000, 0xe1000);
  list.allocation(0x112000, 0xde000, 4);
  list.resource(0x40000000, 0x100000);          // tested
  list.resource(0x80000000, 0x100000, 0, 0x3);  // not tested
  list.resource(0x60000000, 0x100000);          // tested
  list.resource(0x70000000, 0xf000);            // too small
  list.resource(0x90000000, 0x100000, 0, 7, EFI_MEMORY_TYPE_INFORMATION_GUID);
  list.resource(0xa0000000, ~UINT64{0});  // ends nowhere
  list.resource(0x50000000, 0x100000);    // tested, later in the list
  list.resource(0x60000000, 0x200000);    // from the same address as one before
  EXPECT_EQ(region_of(list), "60000000-60100000");
}

TEST(DxeFirstRegion, HoldsTheBinsToo) {
  HobWriter list = roomy_list();
  list.bin_table({6, 0x1ef, 3, 1, 7, 0x10000, 16, 0});
  EXPECT_EQ(region_of(list), "200000-400000");
  HobWriter more = roomy_list();
  more.bin_table({6, 0x1ef, 3, 2, 16, 0});
  EXPECT_EQ(region_of(more), "no free memory is large enough to start in 72");
  HobWriter coarse = roomy_list();
  coarse.bin_table({6, 0x1e1, 3, 1, 16, 0});
  EXPECT_EQ(region_of(coarse), "200000-400000");
  EXPECT_EQ(region_of(coarse, 0x10000), "no free memory is large enough to start in 72");
}

// --- bins ---------------------------------------------------------------------------------------

constexpr EFI_GUID kBins = EFI_MEMORY_TYPE_INFORMATION_GUID;

TEST(DxeBins, FreeBinsAreShownAsTheirTypeFromTheTopDown) {
  HobWriter list = roomy_list();
  list.resource(0x300000, 0x20000, 0, 7, kBins);
  list.bin_table({10, 2, 4, 3, 6, 1, 9, 4, 0, 1, 16, 0});
  const Consumed outcome = consumed(list);
  EXPECT_EQ(outcome.map,
            "80000+295 7 315000+1 0 316000+4 9 31a000+1 6/8000000000000000 31b000+3 7 31e000+2 a "
            "320000+e0 7");
  EXPECT_EQ(outcome.rejected, "") << "a bin's resource in a larger one is no overlap";
}

TEST(DxeBins, WhatIsAllocatedInABinIsShownAsWhatItIs) {
  HobWriter list = roomy_list();
  list.bin_table({10, 4, 16, 0});
  list.resource(0x300000, 0x4000, 0, 7, kBins);
  list.allocation(0x303000, 0x1000, 10, kBins);
  list.allocation(0x301000, 0x1000, 4);
  EXPECT_EQ(consumed(list).map, "80000+280 7 300000+1 a 301000+1 4 302000+2 a 304000+fc 7");
}

TEST(DxeBins, ABinsResourceRemovesNoMemory) {  // H28: before the larger one, EDK II drops that
  HobWriter list;
  list.cpu(40);
  list.resource(0x300000, 0x10000, 0, 7, kBins);
  list.resource(0x80000, 0x380000, 0, 0x2007);
  EXPECT_EQ(consumed(list).map, "80000+380 7/8");
  EXPECT_EQ(consumed(list).rejected, "");
  list.resource(0x310000, 0x100000, 0, 7, kBins);  // a second one, which sticks out
  EXPECT_EQ(consumed(list).map, "80000+380 7/8 400000+10 7");
  EXPECT_EQ(consumed(list).rejected, "168: it shares pages with an earlier resource");
  HobWriter bottom;
  bottom.cpu(40);
  bottom.resource(0x80000, 0x10000, 0, 7, kBins);
  bottom.resource(0x80000, 0x380000, 0, 0x2007);
  EXPECT_EQ(consumed(bottom).map, "80000+380 7/8");
  EXPECT_EQ(consumed(bottom).rejected, "");
  HobWriter below = roomy_list();
  below.resource(0x70000, 0x20000, 0, 7, kBins);
  EXPECT_EQ(consumed(below).map, "70000+390 7");
  EXPECT_EQ(consumed(below).rejected, "120: it shares pages with an earlier resource");
}

TEST(DxeBins, TwoDescriptorsAreOneHomeOnlyOfOneRange) {
  struct Row {
    UINT64 base, bytes;
    UINT32 type;
    bool one_home;
  };
  for (const Row& row : {Row{0x300000, 0x20000, 0, true}, Row{0x310000, 0x20000, 0, false},
                         Row{0x300000, 0x10000, 0, false}, Row{0x300000, 0x20000, 1, false},
                         Row{0x300000, 0x20000, EFI_RESOURCE_IO, false}}) {
    HobWriter list = roomy_list();
    list.resource(0x300000, 0x20000, 0, 7, kBins);
    list.resource2(row.base, row.bytes, 0, row.type, kBins);
    list.bin_table({10, 4, 16, 0});
    const bool has_bin = consumed(list).map.find("+4 a") != std::string::npos;
    EXPECT_EQ(has_bin, row.one_home) << std::hex << row.base << "+" << row.bytes << " " << row.type;
  }
}

TEST(DxeBins, AnOwnerOfWhatHoldsThePhitIsNoHome) {  // EDK II: af6e0e728f
  HobWriter list;
  list.cpu(40);
  list.resource(0x100000, 0x300000, 0, 7, kBins);
  list.bin_table({10, 4, 16, 0});
  EXPECT_EQ(consumed(list).map, "100000+300 7");
  EXPECT_EQ(consumed(list).rejected, "");
  EXPECT_EQ(region_of(list), "200000-400000");
  list.resource(0x400000, 0x10000, 0, 7, kBins);  // of two homes neither is one
  EXPECT_EQ(consumed(list).map, "100000+310 7");
}

TEST(DxeBins, TheirHomeMayTouchTheList) {
  struct Row {
    UINT64 base, bytes;
    bool is_home;
  };
  // The list lies at 0x110000.
  for (const Row& row : {Row{0x100000, 0x10000, true}, Row{0x100000, 0x11000, false},
                         Row{0x110000, 0x10000, false}, Row{0x111000, 0x10000, true}}) {
    HobWriter list = roomy_list();
    list.resource(row.base, row.bytes, 0, 7, kBins);
    list.bin_table({10, 4, 16, 0});
    const bool has_bin = consumed(list).map.find("+4 a") != std::string::npos;
    EXPECT_EQ(has_bin, row.is_home) << std::hex << row.base << "+" << row.bytes;
  }
}

TEST(DxeBins, TheirHomeMayEndWhereAddressesEnd) {
  constexpr UINT64 kEnd = 0x400000;  // of 22 address bits
  for (const UINT64 base : {kEnd - 0x10000, kEnd - 0xf000}) {
    HobWriter list;
    list.cpu(22);
    list.resource(0x100000, 0x100000);
    list.resource(base, 0x10000, 0, 7, kBins);
    list.bin_table({10, 4, 16, 0});
    const bool has_bin = consumed(list).map.find("+4 a") != std::string::npos;
    EXPECT_EQ(has_bin, base + 0x10000 == kEnd) << std::hex << base;
  }
}

TEST(DxeBins, BothVersionsOfTheHomeAreOne) {
  HobWriter list = sane_list();
  list.bin_table({10, 4, 16, 0});
  list.resource(0x200000, 0x10000, 0, 7, kBins);
  list.resource2(0x200000, 0x10000, 0, 0, kBins);
  EXPECT_EQ(consumed(list).map, "100000+10c 7 20c000+4 a");
  EXPECT_EQ(consumed(list).rejected, "");
}

TEST(DxeBins, ABinsResourceMayStandAlone) {
  HobWriter list = sane_list();
  list.bin_table({10, 4, 16, 0});
  list.resource(0x200000, 0x10000, 0, 7, kBins);
  EXPECT_EQ(consumed(list).map, "100000+10c 7 20c000+4 a");
}

TEST(DxeBins, AReservationOverABinWins) {
  HobWriter list = sane_list();
  list.bin_table({10, 4, 16, 0});
  list.resource(0x200000, 0x10000, 0, 7, kBins);
  list.resource(0x20f000, 0x1000, 1);
  list.resource(0x20d000, 0x1000, 5);
  EXPECT_EQ(consumed(list).map, "100000+10c 7 20c000+1 a 20d000+1 0 20e000+1 a");
}

TEST(DxeBins, BinsAreMultiplesOfTheGranularity) {
  HobWriter list = roomy_list();
  list.bin_table({10, 1, 6, 17, 16, 0});
  list.resource(0x300000, 0x48000, 0, 7, kBins);
  EXPECT_EQ(consumed(list, 0x10000).map,
            "80000+290 7 310000+20 6/8000000000000000 330000+10 a 340000+c0 7");
}

TEST(DxeBins, WhereTheyCannotBeThereAreNone) {
  const auto with = [](UINT64 base, UINT64 bytes, UINT32 type, UINT32 attribute) {
    HobWriter list = roomy_list();
    list.bin_table({10, 4, 16, 0});
    list.resource(base, bytes, type, attribute, kBins);
    return consumed(list, 0x2000).map;
  };
  const char* const none = "80000+380 7";
  EXPECT_NE(with(0x300000, 0x4000, 0, 7), none);
  EXPECT_EQ(with(0x300000, 0x3fff, 0, 7), none) << "too small";
  EXPECT_EQ(with(0x301000, 0x4000, 0, 7), none) << "too small in granules";
  EXPECT_EQ(with(0x300800, 0x800, 0, 7), none) << "nothing in whole granules";
  EXPECT_EQ(with(0x300000, ~UINT64{0}, 0, 7), none) << "wraps";
  EXPECT_EQ(with(0x10000000000, 0x4000, 0, 7), none) << "beyond the processor";
  EXPECT_EQ(with(0x300000, 0x4000, 1, 7), "80000+280 7 304000+fc 7") << "a device";
  EXPECT_EQ(with(0x300000, 0x4000, 0, 3), "80000+280 7 300000+4 0 304000+fc 7") << "not tested";

  HobWriter two = roomy_list();
  two.bin_table({10, 4, 16, 0});
  two.resource(0x300000, 0x4000, 0, 7, kBins);
  two.resource(0x308000, 0x4000, 0, 7, kBins);
  EXPECT_EQ(consumed(two).map, none) << "which of the two?";
  HobWriter no_resource = roomy_list();
  no_resource.raw(EFI_HOB_TYPE_GUID_EXTENSION, 24);  // of another name
  no_resource.bin_table({10, 4, 16, 0});
  EXPECT_EQ(consumed(no_resource).map, none);
}

TEST(DxeBins, ATableThatIsNoneIsRejected) {
  std::vector<UINT32> endless;
  for (UINT32 i = 0; i < 40; ++i) endless.push_back(i / 2);
  const std::vector<UINT32> tables[] = {
      {}, {10, 1}, {10, 1, 10, 1, 16, 0}, {17, 1, 16, 0}, {~0U, 1, 16, 0}, {10, 1, 16}};
  for (const auto& table : tables) {
    HobWriter list = roomy_list();
    list.bin_table(table);
    list.resource(0x300000, 0x10000, 0, 7, kBins);
    const bool ends = table.size() == 3;  // the last entry's pages do not matter
    EXPECT_EQ(consumed(list).map == "80000+380 7", !ends);
    EXPECT_EQ(consumed(list).rejected,
              ends ? "" : "120: MemoryTypeInformation has no end, or a bad or repeated type");
  }
  HobWriter all = roomy_list();  // each type once, and the end
  std::vector<UINT32> words;
  for (UINT32 type = 0; type < 16; ++type) words.insert(words.end(), {type, 1});
  words.insert(words.end(), {16, 0});
  all.bin_table(words);
  all.resource(0x300000, 0x10000, 0, 7, kBins);
  EXPECT_EQ(consumed(all).rejected, "");
  EXPECT_EQ(consumed(all).map,
            "80000+287 7 307000+1 a 308000+1 9 309000+1 6/8000000000000000 "
            "30a000+1 5/8000000000000000 30b000+4 7 30f000+1 0 310000+f0 7");
}

TEST(DxeBins, TheyNeedStorageToo) {
  HobWriter list = sane_list();
  const UINTN resource = list.resource(0x200000, 0x10000, 0, 7, kBins);
  list.bin_table({10, 1, 6, 1, 16, 0});
  DxeBench enough({4, 16, 16});
  EXPECT_TRUE(enough.take_over(list).none());
  DxeBench less({3, 16, 16});
  const dxe::HandOffError error = less.take_over(list);
  EXPECT_EQ(error.flaw, HandOffFlaw::TooManyHobs);
  EXPECT_EQ(error.offset, resource);
}

}  // namespace
}  // namespace pei::test
