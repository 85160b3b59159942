// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What PI leaves to a reader of HOB lists, and what it does not: answers of a reader of other
// policies, put together by hand.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "properties/oracle/dxe/hob_list_checks.h"
#include "properties/oracle/dxe/reader_checks.h"
#include "properties/oracle/dxe/reader_map.h"
#include "properties/oracle/dxe/required_hobs.h"
#include "properties/oracle/hob_list_input/list_input.h"
#include "properties/oracle/hob_list_input/list_text.h"

namespace hobnail::oracle {
namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::string_view kMemory = "hobs v1\nCpu 40\nResource SystemMemory 0x7 0x0 0x400000\n";
constexpr std::uint64_t kRuntime = std::uint64_t{1} << 63;
constexpr std::uint64_t kRest = 0x100000 / kPage;  // pages of the last MiB

Bytes list_of(std::string_view hobs) {
  const auto parsed = parse_hobs(std::string(kMemory) + std::string(hobs));
  return bytes_of(std::get<HobListInput>(parsed));
}

SoundList judged(std::string_view hobs) {
  const Bytes bytes = list_of(hobs);
  return judge_list(ReferenceList(bytes), kPage);
}

// Answers with what a test has put into it.
class Answering : public DxeConsumer {
 public:
  Answering() {
    traits_.name = "test";
    traits_.ours = false;
    traits_.has_first_region = false;
  }
  [[nodiscard]] const ConsumerTraits& traits() const override { return traits_; }
  [[nodiscard]] const std::string& stop_text() const override { return stopped; }
  std::string take_over(std::span<const std::uint8_t>, std::uint64_t) override { return refusal; }
  [[nodiscard]] std::uint64_t refused_at() const override { return offset; }
  ConsumerWalk walk(std::size_t) override { return {hobs, hobs.size()}; }
  Region first_region() override { return {}; }
  MemoryMap get_memory_map() override { return {EFI_SUCCESS, map, 5}; }
  EFI_STATUS exit_boot_services(std::uint64_t key) override {
    return key == 5 ? EFI_SUCCESS : EFI_INVALID_PARAMETER;
  }

  std::string refusal, stopped;
  std::uint64_t offset = 0;
  std::vector<WalkedHob> hobs;
  std::vector<MapEntry> map{{EfiConventionalMemory, 0, 4 * kRest, 0}};
  ConsumerTraits traits_;
};

std::string rule_of(DxeConsumer& consumer, const Bytes& bytes) {
  const auto finding = check_hob_list(bytes, kPage, {nullptr, &consumer});
  return finding ? std::string(finding->rule) : "";
}

std::string rule_of_map(std::string_view hobs, std::vector<MapEntry> map) {
  Answering answering;
  answering.map = std::move(map);
  return rule_of(answering, list_of(hobs));
}

TEST(SoundList, WhatFirmwareWritesHasNoFlaw) {
  for (const std::string_view hobs :
       {"", "Allocation BootServicesData 0x300000 0x2000 Stack\n",
        "Resource SystemMemory 0x7 0x300000 0x10000 MemoryTypeInformation\n",
        "Resource2 SystemMemory 0x7 0x0 0x400000 0x8\n",
        "Resource SystemMemory 0x8000007 0x500000 0x1000\n",
        "Allocation RuntimeServicesData 0x0 0x1000\n",
        "Resource MemoryMappedIo 0x407 0xfe000000 0x1000\nAllocation MMIO 0xfe000000 0x1000\n",
        "Bins RuntimeServicesData:16 16:0\n", "Guid None 16 hex 0102\n"}) {
    const SoundList list = judged(hobs);
    EXPECT_TRUE(list.sound) << hobs;
    EXPECT_FALSE(list.flaw) << hobs << list.flaw->what;
  }
}

TEST(SoundList, WhatAReaderMayRefuseHasOne) {
  for (const std::string_view hobs :
       {"Allocation BootServicesData 0x300800 0x1000\n", "Allocation BootServicesData 0x300000 0\n",
        "Resource SystemMemory 0x7 0x3ff000 0x2000\n", "Allocation 20 0x300000 0x1000\n",
        "Allocation BootServicesData 0x300000 0x2000\nAllocation Reserved 0x301000 0x1000\n",
        "Allocation BootServicesData 0x900000 0x1000\n", "Bins RuntimeServicesData:16\n",
        "Raw 0x4 0\n", "Cpu 41\n", "Allocation BootServicesData 0x180000 0x1000\n",
        "patch 0x8 hex 08\n", "patch 0x4 hex 01\n", "patch 0x42 hex 01\n", "patch 0xc hex 08\n",
        "Resource SystemMemory 0x7 0x400000 0x1000\nAllocation ACPINvs 0x3ff000 0x2000\n",
        "memory 0x100000 0x480000 0x110000 0x200000\n"}) {
    EXPECT_TRUE(judged(hobs).may_be_refused()) << hobs;
    EXPECT_FALSE(judged(hobs).broken) << hobs;
  }
}

TEST(SoundList, OfTwoEntriesOfATypeEitherMayCount) {
  EXPECT_EQ(judged("Bins RuntimeServicesData:0 RuntimeServicesData:4 16:0\n").bin_pages[6], 4U);
  EXPECT_EQ(judged("Bins RuntimeServicesData:4 RuntimeServicesData:1 16:0\n").bin_pages[6], 5U);
}

TEST(SoundList, AChainWithoutAnEndIsBroken) {
  EXPECT_TRUE(judged("give -8\n").broken);
  EXPECT_TRUE(judged("patch 0x3a hex 00 00\n").broken);
  EXPECT_TRUE(judged("patch 0x3a hex 09 00\n").broken);
  EXPECT_FALSE(judged("").broken);
}

TEST(ReaderChecks, RefusalsOfListsWithAFlawAreNoFindings) {
  Answering answering;
  answering.refusal = "no, at offset 8";
  answering.offset = 8;
  EXPECT_EQ(rule_of(answering, list_of("Raw 0x4 0\n")), "");
  EXPECT_EQ(rule_of(answering, list_of("give -8\n")), "");
  EXPECT_EQ(rule_of(answering, list_of("")), "DXE-LIST");
  answering.offset = 0x10000;
  EXPECT_EQ(rule_of(answering, list_of("Raw 0x4 0\n")), "DXE-LIST");
}

TEST(ReaderChecks, ABrokenChainMustBeRefused) {
  Answering answering;
  EXPECT_EQ(rule_of(answering, list_of("give -8\n")), "DXE-LIST");
  answering.traits_.well_formed_only = true;
  EXPECT_EQ(rule_of(answering, list_of("give -8\n")), "");
}

TEST(ReaderChecks, AnAssertionIsARefusalWhereOneIsAllowed) {
  Answering answering;
  answering.stopped = answering.refusal = "the consumer stopped: x";
  EXPECT_EQ(rule_of(answering, list_of("Raw 0x4 0\n")), "");
  EXPECT_EQ(rule_of(answering, list_of("")), "TARGET-STOP");
}

// Refuses lists without a HOB of this type and, of allocations, of this name.
class Demanding final : public Answering {
 public:
  Demanding(std::uint32_t type, const EFI_GUID* name) : type_(type), name_(name) {}
  std::string take_over(std::span<const std::uint8_t> bytes, std::uint64_t) override {
    const ReferenceList list(bytes);
    const bool there = std::any_of(list.hobs().begin(), list.hobs().end(), [&](const auto& hob) {
      const std::span name(reinterpret_cast<const std::uint8_t*>(name_), sizeof(EFI_GUID));
      return hob.type == type_ && (name_ == nullptr || list.is_guid(hob.offset + 8, name));
    });
    return there ? "" : "a HOB is missing, at offset 0";
  }

 private:
  std::uint32_t type_;
  const EFI_GUID* name_;
};

TEST(ReaderChecks, AListMayBeRefusedForWantOfARequiredHob) {
  static constexpr EFI_GUID kStack = EFI_HOB_MEMORY_ALLOC_STACK_GUID;
  static constexpr EFI_GUID kModule = EFI_HOB_MEMORY_ALLOC_MODULE_GUID;
  const Bytes list = list_of("Allocation RuntimeServicesData 0x200000 0x1000\n");
  Demanding stack(2, &kStack);
  Demanding module(2, &kModule);
  Demanding volume(5, nullptr);
  for (Demanding* const reader : {&stack, &module, &volume}) EXPECT_EQ(rule_of(*reader, list), "");
  Demanding without_reason(11, nullptr);  // a capsule
  EXPECT_EQ(rule_of(without_reason, list), "DXE-LIST");
}

TEST(ReaderChecks, AListIsCompletedWithoutAFlaw) {
  const Bytes list = list_of("Allocation RuntimeServicesData 0x200000 0x1000\n");
  EXPECT_TRUE(judge_list(ReferenceList(list), kPage).incomplete);
  for (const std::uint64_t granularity : {kPage, std::uint64_t{0x10000}}) {
    const auto complete = with_required_hobs(ReferenceList(list), granularity);
    ASSERT_TRUE(complete);
    const SoundList verdict = judge_list(ReferenceList(*complete), kPage);
    EXPECT_FALSE(verdict.incomplete);
    EXPECT_FALSE(verdict.flaw) << verdict.flaw->what;
    EXPECT_EQ(with_required_hobs(ReferenceList(*complete), granularity), complete);
  }
}

TEST(ReaderChecks, EachHobIsWalkedOnce) {
  const Bytes bytes = list_of("");
  Answering answering;
  answering.traits_.has_walk = true;
  const ReferenceList list(bytes);
  for (const ReferenceHob& hob : list.hobs()) {
    answering.hobs.push_back({hob.offset, hob.length, hob.type});
  }
  EXPECT_EQ(rule_of(answering, bytes), "");
  answering.hobs.push_back(answering.hobs.back());
  EXPECT_EQ(rule_of(answering, bytes), "DXE-LIST");
  answering.hobs.resize(1);
  EXPECT_EQ(rule_of(answering, bytes), "DXE-LIST");
  answering.refusal = "no, at offset 56";
  EXPECT_EQ(rule_of(answering, list_of("Cpu 41\n")), "");
}

TEST(ReaderMap, PoliciesAreFree) {
  const std::string_view hobs = "Allocation RuntimeServicesData 0x200000 0x1000\n";
  const MapEntry runtime{EfiRuntimeServicesData, 0x200000, 1, kRuntime | 8};
  const MapEntry above{EfiConventionalMemory, 0x201000, 2 * kRest - 1, 0xf};
  EXPECT_EQ(rule_of_map(hobs, {runtime, above, {EfiConventionalMemory, 0, 2 * kRest, 8}}), "");
  EXPECT_EQ(rule_of_map(hobs, {{EfiConventionalMemory, 0, kRest, 0},
                               {EfiBootServicesData, 0x100000, kRest, 0},
                               runtime,
                               above,
                               {EfiReservedMemoryType, 0xff000000, 16, 0}}),
            "");
  for (const std::uint32_t type :
       {EfiReservedMemoryType, EfiRuntimeServicesData, EfiUnusableMemory, EfiACPIMemoryNVS}) {
    const std::uint64_t attribute = type == EfiRuntimeServicesData ? kRuntime : 0;
    EXPECT_EQ(rule_of_map(hobs, {{type, 0, 1, attribute},
                                 {EfiConventionalMemory, 0x1000, 2 * kRest - 1, 8},
                                 runtime,
                                 above}),
              "");
  }
}

TEST(ReaderMap, MistakesAreFound) {
  const std::string_view hobs = "Allocation RuntimeServicesData 0x200000 0x1000\n";
  const MapEntry low{EfiConventionalMemory, 0, 2 * kRest, 0};
  const MapEntry high{EfiConventionalMemory, 0x201000, 2 * kRest - 1, 0};
  const MapEntry runtime{EfiRuntimeServicesData, 0x200000, 1, kRuntime};
  EXPECT_EQ(rule_of_map(hobs, {low, runtime, high}), "");
  EXPECT_EQ(rule_of_map(hobs, {low, high}), "DXE-MAP");  // a page is missing
  EXPECT_EQ(rule_of_map(hobs, {low, low, runtime, high}), "DXE-MAP");
  EXPECT_EQ(rule_of_map(hobs, {low, {EfiRuntimeServicesData, 0x200000, 1, 0}, high}), "DXE-MAP");
  EXPECT_EQ(rule_of_map(hobs, {low, {EfiBootServicesData, 0x200000, 1, 0}, high}), "DXE-MAP");
  EXPECT_EQ(rule_of_map(hobs, {{EfiConventionalMemory, 0, 2 * kRest, kRuntime}, runtime, high}),
            "DXE-MAP");
  EXPECT_EQ(rule_of_map(hobs, {low, runtime, high, {EfiLoaderData, 0x900000, 1, 0}}), "DXE-MAP");
  EXPECT_EQ(rule_of_map(hobs, {{EfiConventionalMemory, 0x1000, 2 * kRest - 1, 0}, runtime, high}),
            "DXE-MAP");  // page 0
  EXPECT_EQ(rule_of_map(hobs, {{EfiReservedMemoryType, 0, 2 * kRest, 0},
                               runtime,
                               {EfiReservedMemoryType, 0x201000, 2 * kRest - 1, 0}}),
            "DXE-MAP");  // nothing is left for the operating system
  for (const std::uint32_t type : {EfiACPIReclaimMemory, EfiACPIMemoryNVS}) {
    EXPECT_EQ(rule_of_map(hobs, {low, runtime, high, {type, 0x900000, 1, 0}}), "");
    EXPECT_EQ(rule_of_map(hobs, {low, runtime, high, {type, 0x900000, 1, kRuntime}}), "DXE-MAP");
  }
  EXPECT_EQ(rule_of_map(hobs, {low, runtime, high, {EfiReservedMemoryType, 0x900800, 1, 0}}),
            "DXE-MAP");
}

// A claim that crosses from one HOB of tested memory into the next keeps all of its pages, and so
// does one of an OEM's type.
TEST(ReaderMap, AnUnusualClaimIsKeptWhole) {
  const std::string_view hobs =
      "Resource SystemMemory 0x7 0x400000 0x100000\nAllocation ACPINvs 0x3ff000 0x2000\n"
      "Allocation 0x80000001 0x200000 0x2000\n";
  const MapEntry low{EfiConventionalMemory, 0, 2 * kRest, 0};
  const MapEntry oem{EfiReservedMemoryType, 0x200000, 2, 0};
  const MapEntry middle{EfiConventionalMemory, 0x202000, 2 * kRest - 3, 0};
  const MapEntry claim{EfiACPIMemoryNVS, 0x3ff000, 2, 0};
  const MapEntry high{EfiConventionalMemory, 0x401000, kRest - 1, 0};
  EXPECT_EQ(rule_of_map(hobs, {low, oem, middle, claim, high}), "");
  EXPECT_EQ(rule_of_map(hobs, {low, {0x80000001, 0x200000, 2, 0}, middle, claim, high}), "");
  EXPECT_EQ(rule_of_map(hobs, {low, {EfiConventionalMemory, 0x200000, 2, 0}, middle, claim, high}),
            "DXE-MAP");
  EXPECT_EQ(rule_of_map(hobs, {low,
                               oem,
                               middle,
                               {EfiACPIMemoryNVS, 0x3ff000, 1, 0},
                               {EfiConventionalMemory, 0x400000, kRest, 0}}),
            "DXE-MAP");
}

TEST(ReaderMap, PagesThatADoubtfulClaimDoesNotConcernCount) {
  const std::string_view hobs =
      "Allocation RuntimeServicesData 0x200000 0x1000\n"
      "Allocation BootServicesData 0x300000 0x2000\nAllocation Reserved 0x301000 0x1000\n";
  const MapEntry runtime{EfiRuntimeServicesData, 0x200000, 1, kRuntime};
  const MapEntry low{EfiConventionalMemory, 0, 2 * kRest, 0};
  const MapEntry middle{EfiConventionalMemory, 0x201000, kRest - 1, 0};
  const MapEntry high{EfiConventionalMemory, 0x302000, kRest - 2, 0};
  EXPECT_EQ(rule_of_map(hobs, {low, runtime, middle, high}), "");
  EXPECT_EQ(
      rule_of_map(hobs, {low, runtime, middle, {EfiConventionalMemory, 0x300000, 2, 0}, high}), "");
  EXPECT_EQ(rule_of_map(hobs, {low, runtime, high}), "DXE-MAP");  // a page is missing
  EXPECT_EQ(rule_of_map(hobs, {{EfiConventionalMemory, 0, 4 * kRest, 0}}), "DXE-MAP");
}

}  // namespace
}  // namespace hobnail::oracle
