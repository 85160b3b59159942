// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// From a HOB list to the memory map: each row of the table in docs/pei-semantics.md 4.3, and
// each decision where EDK II loses memory or gives live memory away.
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <utility>

#include "properties/tests/dxe/dxe_bench.h"

namespace pei::test {
namespace {

// Below, sane_list() is "100000+100 7", and a further HOB lies at 120.

TEST(DxeMap, ListPoolsGapAndWhatWasGivenBackAreFree) {
  HobWriter list = sane_list();
  list.raw(EFI_HOB_TYPE_MEMORY_POOL, 808);
  list.allocation(0x1f0000, 0x10000, EfiConventionalMemory);
  list.allocation(0x1f0123, 0, EfiConventionalMemory);
  const Consumed outcome = consumed(list);
  EXPECT_EQ(outcome.map, kSane);
  EXPECT_EQ(outcome.rejected, "");
}

TEST(DxeMap, EachResourceTypeHasItsRow) {
  struct {
    UINT32 type;
    UINT32 attribute;
    const char* shown;  // nullptr: not in the map
  } const rows[] = {
      {0, 0x7, "400000+10 7"},
      {0, 0x3, "400000+10 0"},
      {0, 0x1, "400000+10 0"},
      {0, 0x8000007, "400000+10 7/40000"},
      {0, 0x8000003, "400000+10 0/40000"},
      {0, 0x2000007, "400000+10 7/10000"},
      {0, 0x800007, "400000+10 e/8000"},
      {0, 0x8800001, "400000+10 e/48000"},
      {0, 0x800000, "400000+10 e/8000"},
      {0, 0x3c07, "400000+10 7/f"},
      {0, 0x20007, "400000+10 7/10"},
      {0, 0x387, "400000+10 7"},
      {1, 0x407, nullptr},
      {2, 0x3, nullptr},
      {3, 0x7, nullptr},
      {4, 0x0, "400000+10 0"},
      {5, 0x400, "400000+10 0/1"},
      {6, 0x3, nullptr},
      {7, 0x7, "400000+10 f"},
  };
  for (const auto& row : rows) {
    HobWriter list = sane_list();
    list.resource(0x400000, 0x10000, row.type, row.attribute);
    const Consumed outcome = consumed(list);
    const std::string shown = row.shown == nullptr ? "" : std::string(" ") + row.shown;
    EXPECT_EQ(outcome.map, kSane + shown) << row.type << " " << row.attribute;
    EXPECT_EQ(outcome.rejected, "");
  }
}

TEST(DxeMap, ResourcesThatMeanNothing) {
  for (const UINT32 attribute : {0U, 2U, 4U, 5U, 6U, 0x8000004U}) {
    HobWriter list = sane_list();
    list.resource(0x400000, 0x10000, 0, attribute);
    const Consumed outcome = consumed(list);
    EXPECT_EQ(outcome.map, kSane) << attribute;
    EXPECT_EQ(outcome.rejected, "120: system memory whose attributes make no sense together");
  }
  HobWriter list = sane_list();
  list.resource(0x100000, 0x10000, 8);
  EXPECT_EQ(consumed(list).map, kSane);
  EXPECT_EQ(consumed(list).rejected, "120: the resource type is not assigned");
}

TEST(DxeMap, EachMemoryTypeIsShownAsItself) {
  for (const UINT32 type :
       {0U, 1U, 2U, 3U, 4U, 5U, 6U, 8U, 9U, 10U, 11U, 12U, 13U, 14U, 15U, 0x70000000U, ~0U}) {
    HobWriter list = sane_list();
    list.allocation(0x180000, 0x2000, type);
    DxeBench bench;
    ASSERT_TRUE(bench.take_over(list).none());
    EXPECT_EQ(bench.rejected(), "");
    const auto map = bench.map();
    ASSERT_EQ(map.size(), 3U) << type;
    EXPECT_EQ(map[1].Type, type);
    EXPECT_EQ(map[1].PhysicalStart, 0x180000U);
    EXPECT_EQ(map[1].NumberOfPages, 2U);
    EXPECT_EQ(map[1].VirtualStart, 0U);
    const bool runtime = type == 5 || type == 6 || type == 13;
    EXPECT_EQ(map[1].Attribute, runtime ? EFI_MEMORY_RUNTIME : 0) << type;
  }
}

TEST(DxeMap, AnUnassignedTypeIsKept) {  // EDK II: free
  for (const UINT32 type : {16U, 17U, 0x6fffffffU}) {
    HobWriter list = sane_list();
    list.allocation(0x180000, 0x2000, type);
    EXPECT_EQ(consumed(list).map, "100000+80 7 180000+2 0 182000+7e 7");
    EXPECT_EQ(consumed(list).rejected, "120: the memory type is not assigned: kept as Reserved");
  }
}

TEST(DxeMap, AnAllocationKeepsTheAttributesOfItsMemory) {
  HobWriter list;
  list.cpu(40);
  list.resource(0x100000, 0x100000, 0, 0x2003c07);
  list.allocation(0x180000, 0x1000, EfiRuntimeServicesData);
  EXPECT_EQ(consumed(list).map, "100000+80 7/1000f 180000+1 6/800000000001000f 181000+7f 7/1000f");
}

TEST(DxeMap, TouchingRangesOfOneTypeAreOne) {
  HobWriter list = sane_list();
  list.allocation(0x181000, 0x1000, 4);
  list.allocation(0x180000, 0x1000, 4);
  list.allocation(0x182000, 0x1000, 3);
  list.resource(0x200000, 0x1000);
  list.resource(0x201000, 0x1000, 0, 0x2007);
  EXPECT_EQ(consumed(list).map, "100000+80 7 180000+2 4 182000+1 3 183000+7e 7 201000+1 7/8");
}

// --- whole pages --------------------------------------------------------------------------------

TEST(DxeMap, AnAllocationProtectsEveryPageItTouches) {  // EDK II: free, or an inverted range (H30)
  const char* const kOne = "100000+80 7 180000+1 6/8000000000000000 181000+7f 7";
  const char* const kTwo = "100000+80 7 180000+2 6/8000000000000000 182000+7e 7";
  struct {
    UINT64 base, bytes;
    const char* map;
    const char* reason;
  } const rows[] = {
      {0x180000, 0x1001, kTwo, "it is not made of whole pages"},
      {0x180001, 0x1000, kTwo, "it is not made of whole pages"},
      {0x180001, 0x1fff, kTwo, "it is not made of whole pages"},
      {0x180800, 0x1800, kTwo, "it is not made of whole pages"},
      {0x180000, 1, kOne, "it is shorter than a page"},
      {0x180000, 0xfff, kOne, "it is shorter than a page"},
      {0x180fff, 2, kTwo, "it is shorter than a page"},
  };
  for (const auto& row : rows) {
    HobWriter list = sane_list();
    list.allocation(row.base, row.bytes, EfiRuntimeServicesData);
    const Consumed outcome = consumed(list);
    EXPECT_EQ(outcome.map, row.map);
    EXPECT_EQ(outcome.rejected, std::string("120: ") + row.reason);
  }
}

TEST(DxeMap, AnAllocationOfNothingIsNone) {
  HobWriter list = sane_list();
  list.allocation(0x180800, 0, 4);
  EXPECT_EQ(consumed(list).map, kSane);
  EXPECT_EQ(consumed(list).rejected, "120: a length of 0 describes nothing");
}

TEST(DxeMap, AnAllocationThatWrapsProtectsAllAboveItsBase) {
  for (const UINT64 bytes : {~UINT64{0}, ~UINT64{0} - 0x1fefff, UINT64{0} - 0x1ff000}) {
    HobWriter list = sane_list();
    list.allocation(0x1ff000, bytes, 4);
    EXPECT_EQ(consumed(list).map, "100000+ff 7 1ff000+1 4") << bytes;
    EXPECT_EQ(consumed(list).rejected,
              "120: base and length leave the address space; "
              "120: it allocates pages that no resource describes");
  }
}

TEST(DxeMap, AResourceOffersThePagesThatItFills) {
  HobWriter list = sane_list();
  list.resource(0x400800, 0x2000);
  EXPECT_EQ(consumed(list).map, "100000+100 7 401000+1 7");
  EXPECT_EQ(consumed(list).rejected, "120: it is not made of whole pages");

  HobWriter small = sane_list();
  small.resource(0x400800, 0x1000);
  EXPECT_EQ(consumed(small).map, kSane);
  EXPECT_EQ(consumed(small).rejected, "120: it is not made of whole pages");

  HobWriter smaller = sane_list();
  smaller.resource(0x400000, 0xfff, 7);
  EXPECT_EQ(consumed(smaller).map, kSane);
  EXPECT_EQ(consumed(smaller).rejected, "120: it is shorter than a page");

  HobWriter wraps = sane_list();
  wraps.resource(0x400000, ~UINT64{0});
  EXPECT_EQ(consumed(wraps).map, kSane);
  EXPECT_EQ(consumed(wraps).rejected, "120: base and length leave the address space");

  HobWriter nothing = sane_list();
  nothing.resource(0x400000, 0);
  EXPECT_EQ(consumed(nothing).map, kSane);
  EXPECT_EQ(consumed(nothing).rejected, "120: a length of 0 describes nothing");
}

TEST(DxeMap, WhatIsReservedIsReservedToThePage) {
  HobWriter list = sane_list();
  list.resource(0x1ff800, 0x1000, EFI_RESOURCE_MEMORY_RESERVED);
  EXPECT_EQ(consumed(list).map, "100000+ff 7 1ff000+2 0");
  EXPECT_EQ(consumed(list).rejected,
            "120: it is not made of whole pages; 120: it shares pages with an earlier resource");
  HobWriter wraps = sane_list();
  wraps.resource(0xfffffff000, 0 - UINT64{0xfffffff000}, EFI_RESOURCE_MEMORY_RESERVED);
  EXPECT_EQ(consumed(wraps).map, "100000+100 7 fffffff000+1 0");
  EXPECT_EQ(consumed(wraps).rejected, "120: base and length leave the address space");
}

TEST(DxeMap, DevicesOfAnySizeAreNoFlaw) {
  HobWriter list = sane_list();
  list.resource(0xfed00000, 0x400, EFI_RESOURCE_MEMORY_MAPPED_IO);
  list.resource(0xfed00400, 0x400, EFI_RESOURCE_FIRMWARE_DEVICE);
  EXPECT_EQ(consumed(list).map, kSane);
  EXPECT_EQ(consumed(list).rejected, "");
}

TEST(DxeMap, NothingLiesBeyondTheProcessor) {
  const char* const beyond = "it reaches past the addresses that the CPU HOB allows";
  HobWriter list = sane_list();
  list.resource(0xfffffff000, 0x2000);
  EXPECT_EQ(consumed(list).map, "100000+100 7 fffffff000+1 7");
  EXPECT_EQ(consumed(list).rejected, std::string("120: ") + beyond);

  HobWriter up_to_the_end = sane_list();
  up_to_the_end.resource(0xfffffff000, 0x1000);
  EXPECT_EQ(consumed(up_to_the_end).map, "100000+100 7 fffffff000+1 7");
  EXPECT_EQ(consumed(up_to_the_end).rejected, "");

  HobWriter over = sane_list();
  over.resource(0x10000000000, 0x1000);
  over.allocation(0x10000000000, 0x1000, 4);
  over.resource(0x20000000000, 0x1000, EFI_RESOURCE_MEMORY_MAPPED_IO);
  EXPECT_EQ(consumed(over).map, kSane);
  EXPECT_EQ(consumed(over).rejected,
            std::string("120: ") + beyond + "; 168: " + beyond + "; 216: " + beyond);

  HobWriter last;  // the last page of 64 bits ends nowhere
  last.cpu(64);
  last.resource(0x100000, 0x100000);
  last.resource(0xffffffffffffe000, 0x1fff);
  last.resource(0xfffffffffffff001, 0x10);
  EXPECT_EQ(consumed(last).map, "100000+100 7 ffffffffffffe000+1 7");
  EXPECT_EQ(consumed(last).rejected, std::string("120: ") + beyond + "; 168: " + beyond);

  HobWriter reserved;
  reserved.cpu(64);
  reserved.resource(0x100000, 0x100000);
  reserved.resource(0xffffffffffffe000, 0x1fff, EFI_RESOURCE_MEMORY_RESERVED);
  EXPECT_EQ(consumed(reserved).map, "100000+100 7 ffffffffffffe000+1 0");
}

TEST(DxeMap, ContentWithoutAnAllocationIsReported) {
  const UINT16 types[] = {EFI_HOB_TYPE_FV, EFI_HOB_TYPE_FV2, EFI_HOB_TYPE_FV3,
                          EFI_HOB_TYPE_UEFI_CAPSULE};
  for (const UINT16 type : types) {
    HobWriter loose = sane_list();
    loose.content(type, 0x180010, 0x2000);
    EXPECT_EQ(consumed(loose).map, kSane);
    EXPECT_EQ(consumed(loose).rejected, "120: no HOB allocates its pages: they come out as free");
    HobWriter higher = sane_list();
    higher.resource(0x400000, 0x10000);
    higher.content(type, 0x40f000, 0x1000);
    EXPECT_EQ(consumed(higher).rejected, "168: no HOB allocates its pages: they come out as free");
    HobWriter held = sane_list();
    held.content(type, 0x180010, 0x2000);
    held.allocation(0x180000, 0x3000, 4);
    held.content(type, 0xffe00000, 0x200000);  // flash
    held.content(type, 0x180000, 0);
    held.content(type, 0x180000, ~UINT64{0});
    EXPECT_EQ(consumed(held).rejected, "");
  }
}

TEST(DxeMap, RejectionsThatDoNotFitAreCounted) {
  HobWriter list = sane_list();
  for (int i = 0; i < 5; ++i) list.allocation(0x180000, 0, 4);
  DxeBench bench({512, 512, 2});
  ASSERT_TRUE(bench.take_over(list).none());
  EXPECT_EQ(bench.memory().rejections().count(), 5U);
  EXPECT_EQ(bench.rejected(),
            "120: a length of 0 describes nothing; 168: a length of 0 describes nothing");
}

TEST(DxeMap, EveryReasonHasItsOwnText) {
  EXPECT_STREQ(dxe::text_of(static_cast<dxe::RejectionReason>(99)), "no such reason");
  std::set<std::string> texts = {"", "no such reason"};
  for (UINT8 i = 0; i <= static_cast<UINT8>(dxe::RejectionReason::ContentNotAllocated); ++i) {
    EXPECT_TRUE(texts.insert(dxe::text_of(static_cast<dxe::RejectionReason>(i))).second)
        << unsigned{i};
  }
}

}  // namespace
}  // namespace pei::test
