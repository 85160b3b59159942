// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// HOBs that describe the same pages: which wins, what is reported, and that nothing is lost.
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "core/dxe/claim_order.h"
#include "properties/tests/dxe/dxe_bench.h"

namespace pei::test {
namespace {

TEST(DxeOverlap, DxeIplsDoublesAreNone) {
  HobWriter list = sane_list();
  list.allocation(0x180000, 0x4000, 4, EFI_HOB_MEMORY_ALLOC_STACK_GUID);  // rewritten in place
  list.allocation(0x190000, 0x3000, 3);
  list.module(0x190000, 0x3000, 3);
  list.allocation(0x180000, 0x4000, 4);
  const Consumed outcome = consumed(list);
  EXPECT_EQ(outcome.map, "100000+80 7 180000+4 4 184000+c 7 190000+3 3 193000+6d 7");
  EXPECT_EQ(outcome.rejected, "");
}

TEST(DxeOverlap, OtherDoublesAreReported) {
  const char* const twice = "168: it shares pages with an earlier allocation of the same type";
  HobWriter plain = sane_list();
  plain.allocation(0x180000, 0x2000, 3);
  plain.allocation(0x180000, 0x2000, 3);
  EXPECT_EQ(consumed(plain).rejected, twice);
  HobWriter larger = sane_list();
  larger.allocation(0x180000, 0x2000, 3);
  larger.module(0x180000, 0x3000, 3);
  EXPECT_EQ(consumed(larger).rejected, twice);
  HobWriter shifted = sane_list();
  shifted.module(0x181000, 0x1000, 3);
  shifted.allocation(0x180000, 0x2000, 3);
  EXPECT_EQ(consumed(shifted).rejected,
            "192: it shares pages with an earlier allocation of the same type");
  HobWriter typed = sane_list();
  typed.allocation(0x180000, 0x2000, 3);
  typed.module(0x180000, 0x2000, 4);
  EXPECT_EQ(consumed(typed).rejected,
            "168: it shares pages with an earlier allocation of another type");
}

TEST(DxeOverlap,
     OfAllocationsTheLongestLifeWinsAndNothingIsDropped) {  // EDK II: the later one is free
  struct {
    UINT32 first, second;
    const char* map;
  } const rows[] = {
      {4, 3, "180000+4 4 184000+2 3"},
      {3, 4, "180000+4 3 184000+2 4"},
      {4, 9, "180000+2 4 182000+4 9"},
      {9, 4, "180000+4 9 184000+2 4"},
      {9, 10, "180000+2 9 182000+4 a"},
      {10, 0, "180000+4 a 184000+2 0"},
      {2, 0x70000000, "180000+2 2 182000+4 70000000"},
  };
  for (const auto& row : rows) {
    HobWriter list = sane_list();
    list.allocation(0x180000, 0x4000, row.first);
    list.allocation(0x182000, 0x4000, row.second);
    const Consumed outcome = consumed(list);
    EXPECT_EQ(outcome.map, std::string("100000+80 7 ") + row.map + " 186000+7a 7");
    EXPECT_EQ(outcome.rejected, "168: it shares pages with an earlier allocation of another type");
  }
}

TEST(DxeOverlap, AnOverlapIsReportedOnce) {
  HobWriter list = sane_list();
  list.allocation(0x180000, 0x4000, 4);
  list.allocation(0x181000, 0x1000, 3);
  list.allocation(0x180000, 0x8000, 5);  // over both
  list.allocation(0x182000, 0x1000, 4);  // inside two
  const Consumed outcome = consumed(list);
  EXPECT_EQ(outcome.map.find(" 3"), std::string::npos) << outcome.map;
  EXPECT_EQ(outcome.rejected,
            "216: it shares pages with an earlier allocation of another type; "
            "168: it shares pages with an earlier allocation of another type; "
            "264: it shares pages with an earlier allocation of another type");
}

TEST(DxeOverlap,
     OfResourcesTheOneThatGivesLeastWins) {  // EDK II: the later one is dropped entirely
  const char* const overlap = "120: it shares pages with an earlier resource";
  struct {
    UINT32 type, attribute;
    const char* map;
  } const rows[] = {
      {0, 0x7, "100000+110 7"},
      {0, 0x2007, "100000+100 7 200000+10 7/8"},
      {0, 0x800007, "100000+f0 7 1f0000+20 e/8000"},
      {0, 0x3, "100000+f0 7 1f0000+20 0"},
      {7, 0x7, "100000+f0 7 1f0000+20 f"},
      {5, 0x7, "100000+f0 7 1f0000+20 0"},
      {1, 0x7, "100000+f0 7"},
  };
  for (const auto& row : rows) {
    HobWriter after = sane_list();
    after.resource(0x1f0000, 0x20000, row.type, row.attribute);
    EXPECT_EQ(consumed(after).map, row.map);
    EXPECT_EQ(consumed(after).rejected, overlap);
    if (row.attribute == 0x2007) continue;  // of the same kind: the earlier one's attributes
    HobWriter before;
    before.cpu(40);
    before.resource(0x1f0000, 0x20000, row.type, row.attribute);
    before.resource(0x100000, 0x100000);
    EXPECT_EQ(consumed(before).map, row.map);
    EXPECT_EQ(consumed(before).rejected, overlap);
  }
}

TEST(DxeOverlap, TheSecondVersionDescribesMemoryAndItsAttributes) {
  HobWriter alone;
  alone.cpu(40);
  alone.resource2(0x100000, 0x100000, 0x4008);  // write-back; protections are not shown
  EXPECT_EQ(consumed(alone).map, "100000+100 7/8");
  EXPECT_EQ(consumed(alone).rejected, "");
  HobWriter beside = sane_list();
  beside.resource2(0x100000, 0x100000, 8);
  EXPECT_EQ(consumed(beside).map, "100000+100 7/8");
  EXPECT_EQ(consumed(beside).rejected, "");
  HobWriter before;
  before.cpu(40);
  before.resource2(0x100000, 0x100000, 8);
  before.resource(0x100000, 0x100000);
  EXPECT_EQ(consumed(before).map, "100000+100 7/8");
  EXPECT_EQ(consumed(before).rejected, "");
}

TEST(DxeOverlap, OfTheSecondVersionsAttributesAllButProtectionsAreShown) {
  HobWriter list = sane_list();
  list.resource2(0x400000, 0x10000, ~UINT64{0});
  EXPECT_EQ(consumed(list).map, std::string(kSane) + " 400000+10 7/5801f");
}

TEST(DxeOverlap, VersionsThatContradictEachOtherOverlap) {
  const char* const overlap = "120: it shares pages with an earlier resource";
  HobWriter longer = sane_list();
  longer.resource2(0x100000, 0x110000, 0);
  EXPECT_EQ(consumed(longer).rejected, overlap);
  HobWriter higher = sane_list();
  higher.resource2(0x101000, 0xff000, 0);
  EXPECT_EQ(consumed(higher).rejected, overlap);
  HobWriter other = sane_list();
  other.resource(0x400000, 0x10000);
  other.resource2(0x400000, 0x10000, 0, EFI_RESOURCE_MEMORY_UNACCEPTED);
  EXPECT_EQ(consumed(other).rejected, "168: it shares pages with an earlier resource") << "kinds";
  HobWriter twice = sane_list();
  twice.resource(0x100000, 0x100000);
  EXPECT_EQ(consumed(twice).rejected, overlap) << "of one version";
  HobWriter reserved = sane_list();
  reserved.resource2(0x180000, 0x1000, 0, EFI_RESOURCE_MEMORY_RESERVED);
  EXPECT_EQ(consumed(reserved).map, "100000+80 7 180000+1 0 181000+7f 7");
  EXPECT_EQ(consumed(reserved).rejected, overlap);
}

TEST(DxeOverlap, OfLikeResourcesTheEarlierGivesTheAttributes) {
  HobWriter list;
  list.cpu(40);
  list.resource(0x1f0000, 0x20000, 0, 0x2007);
  list.resource(0x100000, 0x100000);
  EXPECT_EQ(consumed(list).map, "100000+f0 7 1f0000+20 7/8");
}

TEST(DxeOverlap, ClaimsAreSortedByBaseThenAsInTheList) {
  for (UINTN count = 0; count <= 40; ++count) {
    std::vector<dxe::Claim> storage(count);
    dxe::Claims claims(storage.data(), count);
    for (UINTN i = 0; i < count; ++i) {
      dxe::Claim claim;
      claim.base = i * 37 % 23;
      claim.offset = i * 53 % count;  // each once: 53 is a prime
      ASSERT_TRUE(claims.add(claim));
    }
    dxe::sort_claims(claims);
    for (UINTN i = 1; i < count; ++i) {
      EXPECT_LT(std::pair(storage[i - 1].base, storage[i - 1].offset),
                std::pair(storage[i].base, storage[i].offset));
    }
  }
}

// --- allocations and what lies under them -------------------------------------------------------

TEST(DxeOverlap, AnAllocationCountsWhereMemoryIsGivenOut) {
  struct {
    UINT32 resource, attribute, type;
    const char* shown;
  } const rows[] = {
      {0, 0x800007, 4, "400000+1 4/8000 401000+f e/8000"},
      {7, 0x7, 6, "400000+1 6/8000000000000000 401000+f f"},
      {0, 0x3, 4, "400000+10 0"},
      {5, 0x7, 6, "400000+10 0"},
      {1, 0x7, 6, nullptr},
  };
  for (const auto& row : rows) {
    HobWriter list = sane_list();
    list.resource(0x400000, 0x10000, row.resource, row.attribute);
    list.allocation(0x400000, 0x1000, row.type);
    const std::string shown = row.shown == nullptr ? "" : std::string(" ") + row.shown;
    EXPECT_EQ(consumed(list).map, kSane + shown);
    EXPECT_EQ(consumed(list).rejected, "");
  }
}

TEST(DxeOverlap, WhatOutlivesFirmwareShowsThroughAReservation) {
  for (const UINT32 type : {EFI_RESOURCE_MEMORY_RESERVED, EFI_RESOURCE_MEMORY_MAPPED_IO}) {
    const bool device = type == EFI_RESOURCE_MEMORY_MAPPED_IO;
    HobWriter list = sane_list();
    list.resource(0x1f0000, 0x10000, type, 0x2007);
    list.allocation(0x1f8000, 0x1000, EfiRuntimeServicesCode);
    list.allocation(0x1fc000, 0x1000, EfiBootServicesData);
    EXPECT_EQ(consumed(list).map, device ? "100000+f0 7 1f8000+1 5/8000000000000000"
                                         : "100000+f0 7 1f0000+8 0/8 1f8000+1 5/8000000000000000 "
                                           "1f9000+7 0/8");
  }
}

TEST(DxeOverlap, AnAllocationOutsideIsReported) {
  HobWriter far = sane_list();
  far.allocation(0x400000, 0x1000, 4);
  EXPECT_EQ(consumed(far).map, kSane);
  EXPECT_EQ(consumed(far).rejected, "120: it allocates pages that no resource describes");
  HobWriter half = sane_list();  // EDK II: dropped, and the part inside is free
  half.allocation(0x1ff000, 0x2000, 4);
  EXPECT_EQ(consumed(half).map, "100000+ff 7 1ff000+1 4");
  EXPECT_EQ(consumed(half).rejected, "120: it allocates pages that no resource describes");
}

TEST(DxeOverlap, AnAllocationAcrossResourcesIsKept) {
  HobWriter device = sane_list();
  device.resource(0x200000, 0x10000, EFI_RESOURCE_MEMORY_MAPPED_IO);
  device.allocation(0x1ff000, 0x2000, 4);
  EXPECT_EQ(consumed(device).map, "100000+ff 7 1ff000+1 4");
  EXPECT_EQ(consumed(device).rejected,
            "168: it allocates across the border of what can be given out");
  HobWriter memory = sane_list();
  memory.resource(0x200000, 0x10000);
  memory.allocation(0x1ff000, 0x2000, 4);
  EXPECT_EQ(consumed(memory).map, "100000+ff 7 1ff000+2 4 201000+f 7");
  EXPECT_EQ(consumed(memory).rejected, "");
}

}  // namespace
}  // namespace pei::test
