// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The standards under test. Under pi a target that takes a freedom has no finding; that it takes
// it, strict shows. What goes further than the freedom is found under both.
#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <variant>

#include "properties/oracle/board/asan.h"
#include "properties/oracle/board/board.h"
#include "properties/oracle/boot/target.h"
#include "properties/oracle/lockstep/lockstep.h"
#include "properties/oracle/program/text/codec_text.h"
#include "properties/planted/fault_proof.h"
#include "properties/planted/freedoms.h"
#include "properties/targets/hobnail/core.h"
#include "properties/targets/hobnail/dxe.h"
#include "properties/tests/oracle/finding_of.h"

namespace hobnail::oracle {
namespace {

Outcome play(std::string_view text, const wrapped::Changes& changes, Standard standard,
             CallPolicy policy = CallPolicy::TargetDecides,
             const hobnail_target& inner = pei::core_target({})) {
  auto parsed = parse_text(std::string(text));
  const auto* const error = std::get_if<TextError>(&parsed);
  EXPECT_EQ(error, nullptr) << error->message << "\n" << text;
  if (error != nullptr) return {};
  RunOptions options;
  options.policy = policy;
  options.thorough = true;
  options.consumer = &pei::builtin_dxe();
  options.rules.set_standard(standard);
  return run_in_lockstep(std::get<Program>(parsed), wrapped::around(inner, changes), options);
}

TEST(Freedoms, AreNoFindingsUnderPi) {
  for (const Freedom& freedom : freedoms()) {
    const Outcome outcome = play(freedom.program, freedom.changes, Standard::Pi);
    EXPECT_EQ(rule_of(outcome), "")
        << "the target " << freedom.what << ": " << evidence_of(outcome);
    EXPECT_TRUE(outcome.skipped.empty());
  }
}

TEST(Freedoms, AreTakenAsStrictShows) {
  for (const Freedom& freedom : freedoms()) {
    const Outcome outcome = play(freedom.program, freedom.changes, Standard::Strict);
    EXPECT_EQ(rule_of(outcome), freedom.strict)
        << "the target " << freedom.what << ": " << evidence_of(outcome);
  }
}

// --- what goes further --------------------------------------------------------------------------

EFI_STATUS EFIAPI leak_when_refused(const EFI_PEI_SERVICES**, EFI_MEMORY_TYPE type, UINTN pages,
                                    EFI_PHYSICAL_ADDRESS* memory) {
  const EFI_STATUS status =
      (*wrapped::services())->AllocatePages(wrapped::services(), type, pages, memory);
  if (status == EFI_SUCCESS) return status;
  for (unsigned n = 0; EFI_HOB_MEMORY_ALLOCATION* const record = wrapped::allocation(n); ++n) {
    if (record->AllocDescriptor.MemoryType == EfiConventionalMemory) {
      record->AllocDescriptor.MemoryType = EfiBootServicesData;
    }
  }
  return status;
}
EFI_STATUS EFIAPI refuse_all(const EFI_PEI_SERVICES**, EFI_MEMORY_TYPE, UINTN,
                             EFI_PHYSICAL_ADDRESS*) {
  return EFI_OUT_OF_RESOURCES;
}
EFI_STATUS EFIAPI shorter_pool(const EFI_PEI_SERVICES**, UINTN size, VOID** buffer) {
  return (*wrapped::services())->AllocatePool(wrapped::services(), size - 8, buffer);
}

template <auto Entry, auto Replacement>
constexpr wrapped::Changes service() {
  return {wrapped::replace<Entry, Replacement>};
}

EFI_STATUS EFIAPI fill_and_refuse(const EFI_PEI_SERVICES**, EFI_PHYSICAL_ADDRESS base, UINTN) {
  std::memset(Board::pointer(base), 0xaf, 8);
  return EFI_OUT_OF_RESOURCES;
}
EFI_STATUS EFIAPI fill_one_more(const EFI_PEI_SERVICES**, EFI_PHYSICAL_ADDRESS base, UINTN pages) {
  const EFI_STATUS status = (*wrapped::services())->FreePages(wrapped::services(), base, pages);
  if (status == EFI_SUCCESS) std::memset(Board::pointer(base + pages * kPage), 0xaf, 8);
  return status;
}

void* enter_with_the_first_ppi(const hobnail_host* host, const void* sec, const void* ppis) {
  static EFI_PEI_PPI_DESCRIPTOR first;
  if (ppis == nullptr) return pei::core_target({}).enter(host, sec, nullptr);
  first = *static_cast<const EFI_PEI_PPI_DESCRIPTOR*>(ppis);
  first.Flags |= EFI_PEI_PPI_DESCRIPTOR_TERMINATE_LIST;
  return pei::core_target({}).enter(host, sec, &first);
}

// A core may reject PPIs that it does not know, but not pass over those that it does.
TEST(Freedoms, EndWhereAPpiIsNotReadBehindAnother) {
  hobnail_target target = pei::core_target({});
  target.enter = enter_with_the_first_ppi;
  RunOptions options;
  options.rules.set_standard(Standard::Pi);
  const auto rule = [&](std::string_view garbage) {
    const std::string text =
        "boot v1\nboard sec-hobs\ngarbage " + std::string(garbage) + "\nGetHobList\n";
    return rule_of(run_in_lockstep(std::get<Program>(parse_text(text)), target, options));
  };
  EXPECT_EQ(rule("2"), "");
  EXPECT_EQ(rule("3"), "SEC-HOBS");
}

TEST(Freedoms, EndWherePagesThatStayAreWritten) {
  constexpr std::string_view kSplit =
      "boot v1\nboard heap-low\np0 = AllocatePages BootServicesData 2\n"
      "CreateHob GuidExtension leave:0\nFreePages p0+1 1\n";
  constexpr std::string_view kLower =
      "boot v1\nboard heap-low\np0 = AllocatePages BootServicesData 2\nFreePages p0 1\n";
  const auto rule = [](std::string_view text, const wrapped::Changes& changes) {
    return rule_of(play(text, changes, Standard::Pi));
  };
  EXPECT_EQ(rule(kSplit, service<&EFI_PEI_SERVICES::FreePages, fill_and_refuse>()), "CONTENTS");
  constexpr auto kOneMore = service<&EFI_PEI_SERVICES::FreePages, fill_one_more>();
  if constexpr (kAddressSanitizer) {
    EXPECT_DEATH((void)rule(kLower, kOneMore), "use-after-poison");
  } else {
    EXPECT_EQ(rule(kLower, kOneMore), "CONTENTS");
  }
}

TEST(Freedoms, EndWhereMemoryIsLost) {
  const auto rule = [](std::string_view text, const wrapped::Changes& changes) {
    return rule_of(play(text, changes, Standard::Pi));
  };
  constexpr auto kLeak = service<&EFI_PEI_SERVICES::AllocatePages, leak_when_refused>();
  EXPECT_EQ(rule("boot v1\nboard heap-low\np0 = AllocatePages BootServicesData 2\n"
                 "p1 = AllocatePages LoaderData 1\nFreePages p0 2\n"
                 "AllocatePages BootServicesData 0x4000\n",
                 kLeak),
            "FAILURE-ATOMIC");
  constexpr auto kRefuse = service<&EFI_PEI_SERVICES::AllocatePages, refuse_all>();
  EXPECT_EQ(rule("boot v1\nboard heap-low\nAllocatePages BootServicesData 1\n", kRefuse),
            "REFUSAL");
  constexpr auto kShort = service<&EFI_PEI_SERVICES::AllocatePool, shorter_pool>();
  EXPECT_EQ(rule("boot v1\nboard heap-low\nAllocatePool 40\n", kShort), "POOL-ADDRESS");
}

// The padding that keeps 64 KiB alignment is allowed where there are such granules.
TEST(Freedoms, OfPaddingAreForLargerGranules) {
  constexpr auto kRefuse = service<&EFI_PEI_SERVICES::AllocatePages, refuse_all>();
  constexpr std::string_view kOne =
      "boot v1\nboard heap-low\nInstallPeiMemory dram1 whole\nReturnToDispatcher\n"
      "CreateHob GuidExtension 0x8000\nAllocatePages BootServicesData leave:34\n";
  const auto on = [&](bool granules) {
    return rule_of(play(kOne, kRefuse, Standard::Pi, CallPolicy::TargetDecides,
                        pei::core_target({.granules_of_64k = granules})));
  };
  EXPECT_EQ(on(false), "REFUSAL");
  EXPECT_EQ(on(true), "REFUSAL");
  constexpr std::string_view kTight =
      "boot v1\nboard heap-low\nInstallPeiMemory dram1 whole\nReturnToDispatcher\n"
      "AllocatePages BootServicesData leave:30\n";
  const auto tight = [&](bool granules) {
    return rule_of(play(kTight, kRefuse, Standard::Pi, CallPolicy::TargetDecides,
                        pei::core_target({.granules_of_64k = granules})));
  };
  EXPECT_EQ(tight(false), "REFUSAL");
  EXPECT_EQ(tight(true), "");
}

// --- whose fault it is --------------------------------------------------------------------------

EFI_STATUS EFIAPI stop_at_short_record(const EFI_PEI_SERVICES**, UINT16 type, UINT16 length,
                                       VOID** hob) {
  if (type == EFI_HOB_TYPE_MEMORY_ALLOCATION && length < 48) {
    wrapped::host().stop(__FILE__, __LINE__, "half a record");
  }
  return (*wrapped::services())->CreateHob(wrapped::services(), type, length, hob);
}
// As EDK II does: every record that begins in the pages of temporary RAM moves with them.
void* shift_sec_record(void* given) {
  EFI_HOB_MEMORY_ALLOCATION* const record = wrapped::allocation(0);
  const auto& sec = wrapped::hand_off();
  const auto heap = reinterpret_cast<std::uintptr_t>(sec.PeiTemporaryRamBase);
  if (record != nullptr &&
      record->AllocDescriptor.MemoryBaseAddress - heap < sec.PeiTemporaryRamSize) {
    record->AllocDescriptor.MemoryBaseAddress += 0x10000;
  }
  return given;
}

TEST(Freedoms, TheCallersFaultIsNotTheContract) {
  constexpr auto kShort = service<&EFI_PEI_SERVICES::CreateHob, stop_at_short_record>();
  constexpr std::string_view kShortRecord =
      "boot v1\nboard heap-low\nCreateHob MemoryAllocation 24\n";
  constexpr wrapped::Changes kShift{nullptr, nullptr, shift_sec_record};
  constexpr std::string_view kSecRecord =
      "boot v1\nboard sec-hobs\nInstallPeiMemory dram0 whole\nReturnToDispatcher\n";
  for (const Standard standard : {Standard::Pi, Standard::Strict}) {
    for (const CallPolicy policy : {CallPolicy::Contract, CallPolicy::Hostile}) {
      EXPECT_EQ(rule_of(play(kShortRecord, kShort, standard, policy)), "");
    }
    EXPECT_EQ(rule_of(play(kSecRecord, kShift, standard, CallPolicy::Contract)), "");
    const Outcome hostile = play(kSecRecord, kShift, standard, CallPolicy::Hostile);
    EXPECT_EQ(rule_of(hostile), "MIGRATION-HOBS");
    ASSERT_TRUE(hostile.finding);
    EXPECT_EQ(hostile.finding->calls, CallClass::Hostile);
  }
}

// PI has a status for each of these: a PEIM may make the call.
TEST(Freedoms, ContractCallsWhatPiDoesNotForbid) {
  const auto calls = [](std::string_view text) {
    const Outcome outcome = play(text, {}, Standard::Pi, CallPolicy::Contract);
    EXPECT_EQ(rule_of(outcome), "") << evidence_of(outcome);
    return outcome.ops_run;
  };
  EXPECT_EQ(calls("boot v1\nboard heap-low\nAllocatePages BootServicesData 0x10000000\n"), 1U);
  EXPECT_EQ(calls("boot v1\nboard heap-low\nAllocatePages BootServicesData 0x10000001\n"), 1U);
  EXPECT_EQ(calls("boot v1\nboard heap-low\nFreePages 0x1234000 1\n"), 1U);
  EXPECT_EQ(calls("boot v1\nboard heap-low\np0 = AllocatePages BootServicesData 1\n"
                  "FreePages p0 1\nFreePages p0 1\nFreePages p0 0\n"),
            3U);
  if (sizeof(UINTN) < 8) return;
  EXPECT_EQ(calls("boot v1\nboard heap-low\nAllocatePages BootServicesData 0x10000000000000\n"),
            1U);
  EXPECT_EQ(calls("boot v1\nboard heap-low\nFreePages 0xfffffffffffff000 1\n"), 1U);
  EXPECT_EQ(calls("boot v1\nboard heap-low\nFreePages 0x1000 0x10000000000000\n"), 1U);
}

// Nine of ten planted bugs break PI, whatever practice says.
TEST(Freedoms, PlantedBugsAreFoundUnderPi) {
  std::size_t planted = 0;
  std::size_t found = 0;
  for (const Fault& fault : all_faults()) {
    if (fault.ends_process || !can_be_seen(fault)) continue;
    RunOptions options = options_for(fault);
    options.rules.set_standard(Standard::Pi);
    options.thorough = true;
    const Outcome outcome = run_in_lockstep(
        boot_of(fault), wrapped::around(pei::core_target({}), fault.changes), options);
    ++planted;
    const bool same = outcome.finding && outcome.finding->rule == rule_name(fault.rule);
    found += same ? 1 : 0;
    if (!same) std::cout << "not under pi: " << rule_name(fault.rule) << ", " << fault.what << "\n";
  }
  std::cout << found << " of " << planted << " planted bugs are found under pi\n";
  EXPECT_GE(found * 10, planted * 9);
}

}  // namespace
}  // namespace hobnail::oracle
