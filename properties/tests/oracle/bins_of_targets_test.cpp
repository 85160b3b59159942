// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Bins under test: a core that has them must serve what they hold and lose no page of them; a core
// that ignores the table and the platform's range is right too.
#include <gtest/gtest.h>

#include <string>
#include <variant>

#include "properties/oracle/lockstep/lockstep.h"
#include "properties/oracle/pi.h"
#include "properties/oracle/program/text/codec_text.h"
#include "properties/planted/wrapped_target.h"
#include "properties/targets/hobnail/core.h"
#include "properties/tests/oracle/finding_of.h"

namespace hobnail::oracle {
namespace {

using wrapped::hob_of;
using wrapped::phit;
using wrapped::services;

// Bins of 4 pages of runtime data and 2 of runtime code.
constexpr std::string_view kTable =
    "CreateHob GuidExtension 48 hex "
    "9f04194c3741d34d9c108b97a83ffdfa060000000400000005000000020000001000000000000000\n";
// Six pages amid the memory that is installed, and at 0x41000000, which is not.
constexpr std::string_view kAmid =
    "CreateHob ResourceDescriptor 48 hex "
    "9f04194c3741d34d9c108b97a83ffdfa000000000700000000001a40000000000060000000000000\n";
constexpr std::string_view kApart =
    "CreateHob ResourceDescriptor 48 hex "
    "9f04194c3741d34d9c108b97a83ffdfa000000000700000000000041000000000060000000000000\n";
constexpr std::string_view kMigrate = "InstallPeiMemory dram0 whole\nReturnToDispatcher\n";
constexpr std::string_view kTakeGap =
    "AllocatePages BootServicesData gap-1\nAllocatePages BootServicesData gap\n";
constexpr std::string_view kTakeBin =
    "AllocatePages RuntimeServicesData 3\nAllocatePages RuntimeServicesData 1\n";

const hobnail_target& plain() { return pei::core_target({}); }
const hobnail_target& with_bins() { return pei::core_target({.memory_type_bins = true}); }

Outcome play(const hobnail_target& target, std::initializer_list<std::string_view> parts,
             Standard standard = Standard::Strict) {
  std::string text = "boot v1\nboard heap-low\n";
  for (const std::string_view part : parts) text += part;
  const auto parsed = parse_text(text);
  EXPECT_TRUE(std::holds_alternative<Program>(parsed)) << text;
  RunOptions options;
  options.rules.set_standard(standard);
  return run_in_lockstep(std::get<Program>(parsed), target, options);
}

// From the migration on, a type is refused.
EFI_STATUS EFIAPI refuse_runtime_data(const EFI_PEI_SERVICES**, EFI_MEMORY_TYPE type, UINTN pages,
                                      EFI_PHYSICAL_ADDRESS* memory) {
  if (wrapped::has_moved() && type == EfiRuntimeServicesData) return EFI_OUT_OF_RESOURCES;
  return (*services())->AllocatePages(services(), type, pages, memory);
}
constexpr wrapped::Changes kRefuses{
    wrapped::replace<&EFI_PEI_SERVICES::AllocatePages, refuse_runtime_data>};

// Two pages are refused, one and four are not.
EFI_STATUS EFIAPI refuse_two(const EFI_PEI_SERVICES**, EFI_MEMORY_TYPE type, UINTN pages,
                             EFI_PHYSICAL_ADDRESS* memory) {
  if (wrapped::has_moved() && pages == 2) return EFI_OUT_OF_RESOURCES;
  return (*services())->AllocatePages(services(), type, pages, memory);
}
constexpr wrapped::Changes kRefusesTwo{
    wrapped::replace<&EFI_PEI_SERVICES::AllocatePages, refuse_two>};

EFI_HOB_RESOURCE_DESCRIPTOR* resource() {
  return reinterpret_cast<EFI_HOB_RESOURCE_DESCRIPTOR*>(
      hob_of(EFI_HOB_TYPE_RESOURCE_DESCRIPTOR, 0));
}
void* untested(void* given) {
  if (resource() != nullptr) resource()->ResourceAttribute &= ~EFI_RESOURCE_ATTRIBUTE_TESTED;
  return given;
}
void* too_short(void* given) {
  if (resource() != nullptr) resource()->ResourceLength -= EFI_PAGE_SIZE;
  return given;
}
// As EDK II does: the gap ends at the platform's bins, and no HOB describes what was above them.
void* forget_above(void* given) {
  if (resource() != nullptr) phit().EfiFreeMemoryTop = resource()->PhysicalStart;
  return given;
}

constexpr wrapped::Changes migration(void* (*operation)(void*)) {
  return {nullptr, nullptr, operation};
}

TEST(BinsOfTargets, SoundCoresWithAndWithoutThem) {
  for (const hobnail_target* const target : {&plain(), &with_bins()}) {
    for (const std::string_view home : {std::string_view(), kAmid, kApart}) {
      const Outcome outcome =
          play(*target, {kTable, home, kMigrate, kTakeBin, kTakeGap, "FreePages p0 2\n", kTakeBin,
                         "HandOff\nExitBootServices\n"});
      EXPECT_EQ(rule_of(outcome), "") << outcome.finding->evidence;
    }
  }
}

TEST(BinsOfTargets, ABinMustServeWhenTheGapIsTaken) {
  const Outcome outcome =
      play(wrapped::around(with_bins(), kRefuses), {kTable, kMigrate, kTakeGap, kTakeBin});
  ASSERT_EQ(rule_of(outcome), "REFUSAL");
  EXPECT_NE(outcome.finding->evidence.find("the bin of their type"), std::string::npos)
      << outcome.finding->evidence;
}

TEST(BinsOfTargets, SoMustThePlatformsOnceItIsInUse) {
  EXPECT_EQ(rule_of(play(wrapped::around(with_bins(), kRefuses),
                         {kTable, kAmid, kMigrate, kTakeGap,
                          "AllocatePages BootServicesData largest-free\n", kTakeBin})),
            "REFUSAL");
  // Memory that was never installed is the core's to use or not, until it does.
  EXPECT_EQ(rule_of(play(wrapped::around(with_bins(), kRefuses),
                         {kTable, kApart, kMigrate, kTakeGap, kTakeBin})),
            "");
  EXPECT_EQ(rule_of(play(wrapped::around(with_bins(), kRefuses),
                         {kTable, kApart, kMigrate, "AllocatePages RuntimeServicesCode 1\n",
                          kTakeGap, kTakeBin})),
            "REFUSAL");
}

TEST(BinsOfTargets, UnderPiFreedPagesNeedNotBeGivenAgain) {
  constexpr std::string_view kTwo = "AllocatePages RuntimeServicesData 2\n";
  for (const Standard standard : {Standard::Strict, Standard::Pi}) {
    EXPECT_EQ(rule_of(play(wrapped::around(with_bins(), kRefusesTwo),
                           {kTable, kMigrate, kTakeGap, kTwo}, standard)),
              "REFUSAL");
    EXPECT_EQ(rule_of(play(wrapped::around(with_bins(), kRefusesTwo),
                           {kTable, kMigrate, "AllocatePages RuntimeServicesData 4\n", kTakeGap,
                            "FreePages p0 whole\n", kTwo},
                           standard)),
              standard == Standard::Strict ? "REFUSAL" : "");
  }
}

TEST(BinsOfTargets, ACoreWithoutThemNeedNot) {
  for (const std::string_view home : {std::string_view(), kAmid, kApart}) {
    EXPECT_EQ(rule_of(play(wrapped::around(plain(), kRefuses),
                           {kTable, home, kMigrate, kTakeGap, kTakeBin})),
              "");
  }
}

TEST(BinsOfTargets, PagesThatTheResourceHobDoesNotOfferAreLost) {
  EXPECT_EQ(rule_of(play(wrapped::around(with_bins(), migration(untested)),
                         {kTable, kMigrate, "HandOff\n"})),
            "HANDOFF-MAP");
  EXPECT_EQ(rule_of(play(wrapped::around(with_bins(), migration(too_short)), {kTable, kMigrate})),
            "CONSERVATION");
}

TEST(BinsOfTargets, MemoryBesideThePlatformsBinsIsNotTheirs) {
  EXPECT_EQ(
      rule_of(play(wrapped::around(plain(), migration(forget_above)), {kTable, kAmid, kMigrate})),
      "CONSERVATION");
}

// A PEIM that writes into its HOBs after the migration moves no bin.
TEST(BinsOfTargets, TheyStandAsTheMigrationFoundThem) {
  for (const std::string_view home : {kAmid, kApart}) {
    const Outcome outcome =
        play(with_bins(), {kTable, home, kMigrate, kTakeBin, "SetMem h1 40 0x5a\nSetMem h0 40 0\n",
                           "FreePages p0 whole\n", kTakeGap, kTakeBin, "HandOff\n"});
    EXPECT_EQ(rule_of(outcome), "") << outcome.finding->evidence;
  }
}

}  // namespace
}  // namespace hobnail::oracle
