// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// GetMemoryMap, AllocatePages and ExitBootServices of the consumer; what becomes of each type.
#include <gtest/gtest.h>

#include <cstring>
#include <limits>

#include "core/dxe/after_exit.h"
#include "properties/tests/dxe/dxe_bench.h"

namespace pei::test {
namespace {

using dxe::AfterExit;

TEST(DxeGetMemoryMap, SaysHowMuchItNeeds) {
  DxeBench bench;
  HobWriter list = sane_list();
  list.allocation(0x180000, 0x1000, 4);
  ASSERT_TRUE(bench.take_over(list).none());
  UINTN size = 3 * 48 - 1;
  UINTN key = 77;
  UINTN stride = 0;
  UINT32 version = 0;
  std::vector<UINT8> buffer(3 * 48 + 1, 0xa5);
  auto* const out = reinterpret_cast<EFI_MEMORY_DESCRIPTOR*>(buffer.data());
  EXPECT_EQ(bench.memory().GetMemoryMap(&size, out, &key, &stride, &version), EFI_BUFFER_TOO_SMALL);
  EXPECT_EQ(size, 144U);
  EXPECT_EQ(stride, 48U);
  EXPECT_EQ(version, 1U);
  EXPECT_EQ(key, 77U) << "a key is for a map that was seen";
  EXPECT_EQ(buffer, std::vector<UINT8>(3 * 48 + 1, 0xa5));

  size = 145;
  EXPECT_EQ(bench.memory().GetMemoryMap(&size, out, &key, &stride, &version), EFI_SUCCESS);
  EXPECT_EQ(size, 144U);
  EXPECT_NE(key, 77U);
  EXPECT_EQ(buffer[144], 0xa5);
  EFI_MEMORY_DESCRIPTOR second;
  std::memcpy(&second, buffer.data() + 48, sizeof second);
  EXPECT_EQ(second.Type, 4U);
  EXPECT_EQ(second.PhysicalStart, 0x180000U);
  UINT64 padding = 1;
  std::memcpy(&padding, buffer.data() + 48 + 40, sizeof padding);
  EXPECT_EQ(padding, 0U);

  size = 144;
  EXPECT_EQ(bench.memory().GetMemoryMap(&size, out, nullptr, nullptr, nullptr), EFI_SUCCESS);
}

TEST(DxeGetMemoryMap, NeedsItsArguments) {
  DxeBench bench;
  ASSERT_TRUE(bench.take_over(sane_list()).none());
  EFI_MEMORY_DESCRIPTOR out[2];
  EXPECT_EQ(bench.memory().GetMemoryMap(nullptr, out, nullptr, nullptr, nullptr),
            EFI_INVALID_PARAMETER);
  UINTN size = sizeof out;
  UINTN key = 77;
  EXPECT_EQ(bench.memory().GetMemoryMap(&size, nullptr, &key, nullptr, nullptr),
            EFI_INVALID_PARAMETER);
  EXPECT_EQ(size, sizeof out);
  EXPECT_EQ(key, 77U);
  size = 0;
  EXPECT_EQ(bench.memory().GetMemoryMap(&size, nullptr, nullptr, nullptr, nullptr),
            EFI_BUFFER_TOO_SMALL);
}

TEST(DxeGetMemoryMap, TheKeyStaysWhileTheMapDoes) {
  DxeBench bench;
  ASSERT_TRUE(bench.take_over(sane_list()).none());
  UINTN first = 0;
  UINTN second = 0;
  first = bench.key();
  second = bench.key();
  EXPECT_EQ(first, second);
  ASSERT_TRUE(bench.take_over(sane_list()).none());
  second = bench.key();
  EXPECT_NE(first, second) << "another boot";
}

TEST(DxeAllocatePages, TakesTheHighestFreePagesAndChangesTheKey) {
  DxeBench bench;
  HobWriter list = sane_list();
  list.allocation(0x1fe000, 0x2000, 3);
  ASSERT_TRUE(bench.take_over(list).none());
  UINTN before = 0;
  UINTN after = 0;
  before = bench.key();
  EFI_PHYSICAL_ADDRESS page = 0;
  EXPECT_EQ(bench.memory().AllocatePages(EfiBootServicesData, 2, &page), EFI_SUCCESS);
  EXPECT_EQ(page, 0x1fc000U);
  after = bench.key();
  EXPECT_NE(before, after);
  EXPECT_EQ(bench.text(), "100000+fc 7 1fc000+2 4 1fe000+2 3");
  EXPECT_EQ(bench.memory().ExitBootServices(before), EFI_INVALID_PARAMETER);
  EXPECT_EQ(bench.memory().AllocatePages(EfiBootServicesCode, 1, &page), EFI_SUCCESS);
  EXPECT_EQ(bench.memory().AllocatePages(EfiBootServicesCode, 1, &page), EFI_SUCCESS);
  EXPECT_EQ(bench.text(), "100000+fa 7 1fa000+2 3 1fc000+2 4 1fe000+2 3") << "like pages merge";
}

TEST(DxeAllocatePages, NeverServesPageZero) {
  DxeBench bench;
  HobWriter list;
  list.cpu(40);
  list.resource(0, 0x200000);
  list.allocation(0x2000, 0x10e000, 4);  // up to the list
  list.allocation(0x122000, 0xde000, 4);
  ASSERT_TRUE(bench.take_over(list).none());
  EFI_PHYSICAL_ADDRESS page = 0;
  UINTN pages = 0;
  while (bench.memory().AllocatePages(EfiBootServicesData, 1, &page) == EFI_SUCCESS) {
    EXPECT_NE(page, 0U);
    ++pages;
  }
  EXPECT_EQ(pages, 0x13U) << "with the page of the list";
  EXPECT_EQ(page, 0x1000U);
}

TEST(DxeAllocatePages, ServesTheLastPage) {
  DxeBench bench;
  ASSERT_TRUE(bench.take_over(sane_list()).none());
  EFI_PHYSICAL_ADDRESS page = 0;
  EXPECT_EQ(bench.memory().AllocatePages(EfiLoaderCode, 0xff, &page), EFI_SUCCESS);
  EXPECT_EQ(bench.memory().AllocatePages(EfiLoaderCode, 2, &page), EFI_OUT_OF_RESOURCES);
  EXPECT_EQ(bench.memory().AllocatePages(EfiLoaderCode, 1, &page), EFI_SUCCESS);
  EXPECT_EQ(page, 0x100000U);
  EXPECT_EQ(bench.text(), "100000+100 1");
  EXPECT_EQ(bench.memory().AllocatePages(EfiLoaderCode, 1, &page), EFI_OUT_OF_RESOURCES);
}

TEST(DxeAllocatePages, RuntimePagesAreGranules) {
  for (const EFI_MEMORY_TYPE type : {EfiReservedMemoryType, EfiRuntimeServicesCode,
                                     EfiRuntimeServicesData, EfiACPIMemoryNVS, EfiPalCode}) {
    DxeBench bench;
    HobWriter list = sane_list();
    list.allocation(0x1ff000, 0x1000, 4);
    ASSERT_TRUE(bench.take_over(list, 0x10000).none());
    EFI_PHYSICAL_ADDRESS page = 0;
    EXPECT_EQ(bench.memory().AllocatePages(type, 1, &page), EFI_SUCCESS);
    EXPECT_EQ(page, 0x1e0000U);
    const auto map = bench.map();
    ASSERT_EQ(map.size(), 4U);
    EXPECT_EQ(map[1].NumberOfPages, 16U);
    EXPECT_EQ(map[1].Attribute != 0, type != EfiReservedMemoryType && type != EfiACPIMemoryNVS);
    EXPECT_EQ(bench.memory().AllocatePages(EfiACPIReclaimMemory, 1, &page), EFI_SUCCESS);
    EXPECT_EQ(page, 0x1fe000U);
  }
}

TEST(DxeAllocatePages, AFreeRangeBelowAGranuleHasNone) {
  DxeBench bench;
  HobWriter list = sane_list();
  list.allocation(0x110000, 0x1000, 4);
  list.allocation(0x113000, 0xed000, 4);  // [0x111000, 0x113000) is free, and [0x100000, 0x110000)
  ASSERT_TRUE(bench.take_over(list, 0x10000).none());
  EFI_PHYSICAL_ADDRESS page = 0;
  EXPECT_EQ(bench.memory().AllocatePages(EfiRuntimeServicesData, 16, &page), EFI_SUCCESS);
  EXPECT_EQ(page, 0x100000U);
}

TEST(DxeAllocatePages, RefusalsChangeNothing) {
  DxeBench bench;
  EFI_PHYSICAL_ADDRESS page = 5;
  EXPECT_EQ(bench.memory().AllocatePages(EfiLoaderCode, 1, &page), EFI_UNSUPPORTED);
  ASSERT_TRUE(bench.take_over(sane_list()).none());
  UINTN key = 0;
  key = bench.key();
  for (const UINT32 type : {7U, 8U, 11U, 12U, 14U, 15U, 16U, 0x6fffffffU}) {
    EXPECT_EQ(bench.memory().AllocatePages(static_cast<EFI_MEMORY_TYPE>(type), 1, &page),
              EFI_INVALID_PARAMETER)
        << type;
  }
  EXPECT_EQ(bench.memory().AllocatePages(EfiLoaderCode, 1, nullptr), EFI_INVALID_PARAMETER);
  constexpr UINTN kMost = std::numeric_limits<UINTN>::max();
  for (const UINTN pages : {UINTN{0}, UINTN{0x101}, kMost >> 12, (kMost >> 12) + 1, kMost}) {
    EXPECT_EQ(bench.memory().AllocatePages(EfiLoaderCode, pages, &page), EFI_OUT_OF_RESOURCES);
    EXPECT_EQ(bench.memory().AllocatePages(EfiPalCode, pages, &page), EFI_OUT_OF_RESOURCES);
  }
  EXPECT_EQ(page, 5U);
  UINTN after = 0;
  after = bench.key();
  EXPECT_EQ(key, after);
  EXPECT_EQ(bench.text(), kSane);
  const auto of_the_vendor = static_cast<EFI_MEMORY_TYPE>(0x70000000);
  EXPECT_EQ(bench.memory().AllocatePages(of_the_vendor, 1, &page), EFI_SUCCESS);
}

TEST(DxeAllocatePages, NeedsStorageForWhatRemains) {
  DxeBench bench({16, 2, 4});
  ASSERT_TRUE(bench.take_over(sane_list()).none());
  EFI_PHYSICAL_ADDRESS page = 0;
  EXPECT_EQ(bench.memory().AllocatePages(EfiLoaderCode, 1, &page), EFI_OUT_OF_RESOURCES);
  EXPECT_EQ(bench.text(), kSane);
}

TEST(DxeRangeMap, APartFromTheMiddleLeavesBothSides) {
  EFI_MEMORY_DESCRIPTOR storage[8];
  std::memset(storage, 0xa7, sizeof storage);
  dxe::RangeMap map(storage, 8);
  ASSERT_TRUE(map.append(7, AddressRange::between(0x1000, 0x9000), 8));
  ASSERT_TRUE(map.append(6, AddressRange::between(0x9000, 0xa000), 8));
  ASSERT_TRUE(map.append(4, AddressRange::between(0xb000, 0xc000), 8));
  ASSERT_TRUE(map.retype(0, AddressRange::between(0x3000, 0x5000), 5));
  ASSERT_EQ(map.count(), 5U);
  const UINT32 types[] = {7, 5, 7, 6, 4};
  const UINT64 bases[] = {0x1000, 0x3000, 0x5000, 0x9000, 0xb000};
  for (UINTN i = 0; i < 5; ++i) {
    EXPECT_EQ(map.at(i).Type, types[i]);
    EXPECT_EQ(map.at(i).PhysicalStart, bases[i]);
    EXPECT_EQ(map.at(i).Attribute, types[i] == 5 || types[i] == 6 ? 8 | EFI_MEMORY_RUNTIME : 8);
  }
  ASSERT_TRUE(map.retype(2, AddressRange::between(0x5000, 0x9000), 6));
  EXPECT_EQ(map.count(), 4U);
  EXPECT_EQ(map.range_at(2).base(), 0x5000U);
  EXPECT_EQ(map.range_at(2).end(), 0xa000U) << "merged with the one above";
  ASSERT_TRUE(map.retype(1, AddressRange::between(0x3000, 0x5000), 7));
  EXPECT_EQ(map.range_at(0).end(), 0x5000U) << "merged with the one below";
}

TEST(DxeRangeMap, TheFirstRangeIsMergedWithNothing) {
  // What lies below the storage would do.
  EFI_MEMORY_DESCRIPTOR storage[3] = {{7, 0, 0, 1, 8}, {}, {}};
  dxe::RangeMap map(storage + 1, 2);
  ASSERT_TRUE(map.append(7, AddressRange::between(0x1000, 0x2000), 8));
  ASSERT_EQ(map.count(), 1U);
  EXPECT_EQ(map.at(0).PhysicalStart, 0x1000U);
  EXPECT_EQ(storage[0].NumberOfPages, 1U);
}

// --- the end of boot services -------------------------------------------------------------------

TEST(DxeExitBootServices, OnlyTheRightKeyEndsThem) {  // I94
  DxeBench bench;
  EXPECT_EQ(bench.memory().ExitBootServices(0), EFI_UNSUPPORTED) << "nothing was taken over";
  ASSERT_TRUE(bench.take_over(sane_list()).none());
  UINTN key = 0;
  key = bench.key();
  for (const UINTN wrong : {UINTN{0}, key - 1, key + 1, ~key, ~UINTN{0}}) {
    EXPECT_EQ(bench.memory().ExitBootServices(wrong), EFI_INVALID_PARAMETER) << wrong;
  }
  UINTN after = 0;
  after = bench.key();
  EXPECT_EQ(key, after);
  EXPECT_EQ(bench.text(), kSane);
  EXPECT_EQ(bench.memory().ExitBootServices(key), EFI_SUCCESS);

  UINTN size = 0;
  EFI_PHYSICAL_ADDRESS page = 0;
  EXPECT_EQ(bench.memory().ExitBootServices(key), EFI_UNSUPPORTED) << "they are gone";
  EXPECT_EQ(bench.memory().GetMemoryMap(&size, nullptr, nullptr, nullptr, nullptr),
            EFI_UNSUPPORTED);
  EXPECT_EQ(bench.memory().AllocatePages(EfiLoaderCode, 1, &page), EFI_UNSUPPORTED);
}

TEST(DxeExitBootServices, RuntimeMemoryIsMadeOfGranules) {  // I94
  struct {
    UINT64 base, bytes;
    UINT32 type;
    bool goes;
  } const rows[] = {
      {0x180000, 0x10000, 6, true},  {0x180000, 0x20000, 5, true}, {0x180000, 0x10000, 13, true},
      {0x181000, 0xf000, 6, false},  {0x180000, 0xf000, 6, false}, {0x180000, 0x11000, 13, false},
      {0x181000, 0x10000, 5, false}, {0x181000, 0xf000, 10, true}, {0x181000, 0xf000, 0, true},
      {0x181000, 0x1000, 4, true},   {0x100000, 0xf000, 6, false},
  };
  for (const auto& row : rows) {
    HobWriter list = sane_list();
    list.allocation(row.base, row.bytes, row.type);
    DxeBench bench;
    ASSERT_TRUE(bench.take_over(list, 0x10000).none());
    UINTN key = 0;
    const auto before = bench.text();
    key = bench.key();
    const EFI_STATUS status = bench.memory().ExitBootServices(key);
    EXPECT_EQ(status, row.goes ? EFI_SUCCESS : EFI_INVALID_PARAMETER) << row.type;
    EXPECT_EQ(bench.text(), row.goes ? "" : before);
    ASSERT_TRUE(bench.take_over(list, 0x1000).none());
    key = bench.key();
    EXPECT_EQ(bench.memory().ExitBootServices(key), EFI_SUCCESS) << "pages are granules elsewhere";
  }
}

TEST(DxeExitBootServices, RuntimeMemoryOfAnEarlierListIsGone) {
  HobWriter before = sane_list();
  before.allocation(0x181000, 0x1000, EfiRuntimeServicesData);
  DxeBench bench;
  ASSERT_TRUE(bench.take_over(before, 0x10000).none());
  ASSERT_TRUE(bench.take_over(sane_list(), 0x10000).none());
  const UINTN key = bench.key();
  EXPECT_EQ(bench.memory().ExitBootServices(key), EFI_SUCCESS);
}

TEST(DxeExitBootServices, NoKeyComesBack) {
  DxeBench bench;
  ASSERT_TRUE(bench.take_over(sane_list()).none());
  const UINTN first = bench.key();
  EFI_PHYSICAL_ADDRESS page = 0;
  ASSERT_EQ(bench.memory().AllocatePages(EfiLoaderCode, 1, &page), EFI_SUCCESS);
  const UINTN second = bench.key();
  ASSERT_TRUE(bench.take_over(sane_list()).none());
  const UINTN third = bench.key();
  EXPECT_NE(first, second);
  EXPECT_NE(first, third);
  EXPECT_NE(second, third);
}

TEST(DxeExitBootServices, WhatBecomesOfEachType) {  // I95
  struct {
    UINT32 type;
    AfterExit after;
  } const rows[] = {
      {0, AfterExit::KeptUntouched},
      {1, AfterExit::Reusable},
      {2, AfterExit::Reusable},
      {3, AfterExit::Reusable},
      {4, AfterExit::Reusable},
      {5, AfterExit::KeptForRuntime},
      {6, AfterExit::KeptForRuntime},
      {7, AfterExit::Reusable},
      {8, AfterExit::NeverUsed},
      {9, AfterExit::ReusableAfterTables},
      {10, AfterExit::KeptUntouched},
      {11, AfterExit::Device},
      {12, AfterExit::Device},
      {13, AfterExit::KeptForRuntime},
      {14, AfterExit::Persistent},
      {15, AfterExit::MustBeAccepted},
      {16, AfterExit::Unassigned},
      {0x6fffffff, AfterExit::Unassigned},
      {0x70000000, AfterExit::OfTheVendor},
      {~0U, AfterExit::OfTheVendor},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(dxe::after_exit(row.type), row.after) << row.type;
    EXPECT_EQ(dxe::is_runtime(row.type), row.type == 5 || row.type == 6 || row.type == 13);
    const unsigned lifetime = row.after == AfterExit::Reusable              ? 0
                              : row.after == AfterExit::ReusableAfterTables ? 1
                                                                            : 2;
    EXPECT_EQ(dxe::lifetime_of(row.type), lifetime) << row.type;
  }
}

}  // namespace
}  // namespace pei::test
