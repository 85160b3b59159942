// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Lists that real firmware left behind (corpus/real/hobs), and the consumer as the oracle sees it.
#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "properties/targets/hobnail/dxe.h"
#include "properties/tests/dxe/dxe_bench.h"

namespace pei::test {
namespace {

namespace fs = std::filesystem;

std::vector<UINT8> read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

fs::path real(const std::string& name) { return fs::path(HOBNAIL_CORPUS) / "real/hobs" / name; }

// Every allocation HOB of the list, read without the core.
std::vector<EFI_HOB_MEMORY_ALLOCATION_HEADER> allocations_of(const std::vector<UINT8>& bytes) {
  std::vector<EFI_HOB_MEMORY_ALLOCATION_HEADER> found;
  for (UINTN at = 0; at + 8 <= bytes.size();) {
    EFI_HOB_GENERIC_HEADER header;
    std::memcpy(&header, bytes.data() + at, sizeof header);
    if (header.HobType == EFI_HOB_TYPE_MEMORY_ALLOCATION) {
      found.emplace_back();
      std::memcpy(&found.back(), bytes.data() + at + 8, sizeof found.back());
    }
    at += header.HobLength;
  }
  return found;
}

// How many pages of the map, from `base` on, are of the type.
UINT64 pages_of_type(const std::vector<hobnail::oracle::MapEntry>& map, UINT64 base, UINT64 pages,
                     UINT32 type) {
  UINT64 count = 0;
  for (UINT64 page = 0; page < pages; ++page) {
    for (const hobnail::oracle::MapEntry& entry : map) {
      const UINT64 at = base + page * 0x1000;
      const bool inside = at >= entry.base && (at - entry.base) / 0x1000 < entry.pages;
      if (inside && entry.type == type) ++count;
    }
  }
  return count;
}

// I91 on a boot that went on to run an operating system.
void expect_all_live(const std::string& name, UINTN least) {
  const std::vector<UINT8> bytes = read(real(name));
  ASSERT_FALSE(bytes.empty()) << name;
  hobnail::oracle::DxeConsumer& dxe = builtin_dxe();
  ASSERT_EQ(dxe.take_over(bytes, 0x1000), "") << name;
  const hobnail::oracle::MemoryMap map = dxe.get_memory_map();
  ASSERT_EQ(map.status, EFI_SUCCESS);
  UINTN checked = 0;
  for (const auto& each : allocations_of(bytes)) {
    const UINT64 pages = each.MemoryLength / 0x1000;
    EXPECT_EQ(pages_of_type(map.entries, each.MemoryBaseAddress, pages, each.MemoryType), pages)
        << std::hex << each.MemoryBaseAddress << " type " << each.MemoryType;
    ++checked;
  }
  EXPECT_GE(checked, least);
  EXPECT_EQ(dxe.exit_boot_services(map.key), EFI_SUCCESS);
}

TEST(DxeReal, LivePagesOfABootAreInTheMapAsWhatTheyAre) {
  expect_all_live("ovmf-q35-x64-256M/perm-final.hob", 28);
  expect_all_live("ovmf-q35-x64-256M/dxecopy.hob", 28);
  expect_all_live("armvirt-aarch64-256M/perm-final.hob", 17);
  expect_all_live("armvirt-aarch64-256M/dxecopy.hob", 17);
}

TEST(DxeReal, TheMapOfArmVirt) {
  DxeBench bench;
  const auto bytes = read(real("armvirt-aarch64-256M/perm-final.hob"));
  ASSERT_TRUE(bench.take_over(bytes, 0x10000).none());
  EXPECT_EQ(bench.text(),
            "40000000+4000 7/8 44000000+20 4/8 44020000+36fa 7/8 4771a000+21 4/8 4773b000+37 3/8 "
            "47772000+780 4/8 47ef2000+4 3/8 47ef6000+101 4/8 47ff7000+3 3/8 47ffa000+6 4/8 "
            "48000000+8000 7/8");
  EXPECT_EQ(bench.rejected(), "");
  EXPECT_EQ(bench.memory().first_region().base(), 0x48000000U);
  EXPECT_EQ(bench.memory().first_region().end(), 0x50000000U);
}

TEST(DxeReal, AResumeFromS3HasNoMemoryForDxe) {
  const auto bytes = read(real("ovmf-q35-x64-256M-s3-resume/s3resume-perm-final.hob"));
  DxeBench bench;
  const dxe::HandOffError error = bench.take_over(bytes);
  EXPECT_EQ(error.flaw, dxe::HandOffFlaw::NoMemoryAtGap);
  EXPECT_EQ(error.offset, 40U);
}

TEST(DxeReal, EveryListIsJudgedAndNoLivePageIsFree) {
  UINTN lists = 0;
  UINTN taken = 0;
  for (const auto& entry : fs::recursive_directory_iterator(real(""))) {
    if (entry.path().extension() != ".hob") continue;
    ++lists;
    const std::vector<UINT8> bytes = read(entry.path());
    DxeBench bench;
    const dxe::HandOffError error = bench.take_over(bytes);
    EXPECT_LE(error.offset, bytes.size());
    if (!error.none()) continue;
    ++taken;
    for (const EFI_MEMORY_DESCRIPTOR& range : bench.map()) {
      if (range.Type != EfiConventionalMemory) continue;
      for (const auto& each : allocations_of(bytes)) {
        const UINT64 end = range.PhysicalStart + range.NumberOfPages * 0x1000;
        const bool apart = each.MemoryBaseAddress >= end ||
                           each.MemoryBaseAddress + each.MemoryLength <= range.PhysicalStart;
        EXPECT_TRUE(apart || each.MemoryType == EfiConventionalMemory) << entry.path();
      }
    }
  }
  EXPECT_GE(lists, 100U);
  EXPECT_GE(taken, 40U);
}

TEST(DxeBehindTheOracle, SpeaksItsInterface) {
  hobnail::oracle::DxeConsumer& dxe = builtin_dxe();
  HobWriter list = sane_list();
  list.allocation(0x180000, 0x1000, 6);
  EXPECT_EQ(dxe.take_over(list.finish().bytes(), 0x1000), "");
  EXPECT_EQ(dxe.first_region(), (hobnail::oracle::Region{0x111000, 0x6f000}));
  const hobnail::oracle::MemoryMap map = dxe.get_memory_map();
  ASSERT_EQ(map.status, EFI_SUCCESS);
  EXPECT_EQ(
      map.entries,
      (std::vector<hobnail::oracle::MapEntry>{
          {7, 0x100000, 0x80, 0}, {6, 0x180000, 1, EFI_MEMORY_RUNTIME}, {7, 0x181000, 0x7f, 0}}));
  EXPECT_EQ(dxe.exit_boot_services(map.key + 1), EFI_INVALID_PARAMETER);
  EXPECT_EQ(dxe.get_memory_map().key, map.key);
  EXPECT_EQ(dxe.exit_boot_services(map.key), EFI_SUCCESS);
  EXPECT_EQ(dxe.get_memory_map().status, EFI_UNSUPPORTED);

  EXPECT_EQ(dxe.take_over(list.put16(56 + 2, 0).bytes(), 0x1000),
            "the HOB is not whole: its length is below 8, no multiple of 8, or leaves the list, "
            "at offset 56");
  EXPECT_EQ(dxe.first_region(), hobnail::oracle::Region{});
}

TEST(DxeBehindTheOracle, KeepsAsManyRejectionsAsFitAndCountsAll) {
  HobWriter list = sane_list();
  for (int i = 0; i < 0x401; ++i) list.allocation(0x180000, 0, EfiBootServicesData);
  EXPECT_EQ(builtin_dxe().take_over(list.finish().bytes(), 0x1000), "");
  EXPECT_EQ(builtin_rejections().count, 0x401U);
  EXPECT_EQ(builtin_rejections().hobs.size(), 0x400U);
}

}  // namespace
}  // namespace pei::test
