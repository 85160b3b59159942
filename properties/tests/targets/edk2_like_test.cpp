// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The oracle under test with a second target, edk2_like, that shares no line with core/: fixed,
// with any of its policies, it must never be accused; with EDK II's quirks, each that a program can
// express must be. The quirks are named as in docs/pei-semantics.md 6.2.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>
#include <string>

#include "properties/oracle/generate/generate.h"
#include "properties/oracle/isolation/subprocess.h"
#include "properties/oracle/lockstep/lockstep.h"
#include "properties/oracle/program/text/codec_text.h"
#include "properties/oracle/rules/rules.h"
#include "properties/targets/hobnail/dxe.h"
#include "properties/tests/targets/target_fixture.h"

namespace hobnail::oracle {
namespace {

constexpr const char* kCorpus = HOBNAIL_CORPUS;

constexpr Variant kFixedVariants[] = {
    {true, "edk2", false}, {true, "bottom-up", false}, {true, "lazy", false}, {true, "edk2", true}};

// The whole boot: our consumer takes the list over.
Outcome play(const Program& program, const hobnail_target& target) {
  RunOptions options;
  options.consumer = &builtin_dxe();
  return run_in_lockstep(program, target, options);
}

TEST(FixedEdk2Like, PlaysTheCorpusWithoutAFinding) {
  for (const Variant& variant : kFixedVariants) {
    const hobnail_target& target = edk2_like(variant);
    for (const char* folder : {"services", "real"}) {
      const std::filesystem::path path = std::filesystem::path(kCorpus) / folder;
      if (!std::filesystem::exists(path)) continue;
      for (const auto& entry : std::filesystem::directory_iterator(path)) {
        if (entry.path().extension() != ".boot") continue;
        std::ifstream file(entry.path());
        const std::string text{std::istreambuf_iterator<char>(file), {}};
        const Outcome outcome = play(parsed(text), target);
        EXPECT_FALSE(outcome.finding) << entry.path() << ", " << variant.policy << "\n"
                                      << finding_text(outcome);
      }
    }
  }
}

TEST(FixedEdk2Like, PlaysGeneratedProgramsWithoutAFinding) {
  constexpr std::uint64_t kPrograms = 3000;
  constexpr std::size_t kOps = 60;
  for (std::uint64_t seed = 0; seed < kPrograms; ++seed) {
    const Variant& variant = kFixedVariants[seed % std::size(kFixedVariants)];
    const hobnail_target& target = edk2_like(variant);
    Random random(seed);
    const Program program = generate_program(random, kOps);
    const Outcome outcome = play(program, target);
    ASSERT_FALSE(outcome.finding) << "seed " << seed << ", " << variant.policy << "\n"
                                  << finding_text(outcome) << "\n"
                                  << print_text(program);
  }
}

struct Quirk {
  const char* id;
  RuleId rule;  // that catches it
  const char* program;
  bool granules_of_64k = false;
};

const Quirk kQuirks[] = {
    {"H1", RuleId::Status,
     "boot v1\nboard heap-low\n"
     "p0 = AllocatePages BootServicesData 1\n"
     "FreePages 0xfffffffffffff000 1\n"},
    {"H2", RuleId::Status,
     "boot v1\nboard heap-low\n"
     "p0 = AllocatePages BootServicesData 1\n"
     "p1 = AllocatePages BootServicesData 1\n"
     "FreePages p0 1\n"
     "p2 = AllocatePages BootServicesData 0x10000000000000\n"},
    {"H3", RuleId::Status,
     "boot v1\nboard heap-low\n"
     "p0 = AllocatePages BootServicesData 1\n"
     "FreePages p0 0x10000000000001\n"},
    {"H4", RuleId::HobAddress,
     "boot v1\nboard heap-low\n"
     "h0 = CreateHob GuidExtension 0\n"},
    {"H5", RuleId::PageAddress,
     "boot v1\nboard heap-low\n"
     "InstallPeiMemory dram0 whole\n"
     "p0 = AllocatePages BootServicesData 1\n"
     "InstallPeiMemory dram0 whole\n"
     "p1 = AllocatePages RuntimeServicesData 1\n"},
    {"H6", RuleId::MigrationContents,
     "boot v1\nboard heap-low\n"
     "InstallPeiMemory dram0 whole\n"
     "p0 = AllocatePages BootServicesData 0xff\n"
     "ReturnToDispatcher\n"},
    {"H7", RuleId::TargetStop,
     "boot v1\nboard stack-outside\ngarbage 1\n"
     "InstallPeiMemory dram0 whole\n"
     "ReturnToDispatcher\n"},
    {"H9", RuleId::AllocationHob,
     "boot v1\nboard heap-low\n"
     "p0 = AllocatePages BootServicesData 3\n"
     "b0 = AllocatePool leave:40\n"
     "FreePages p0+1 1\n"},
    {"H10", RuleId::AllocationHob,
     "boot v1\nboard heap-low\n"
     "InstallPeiMemory dram0 whole\n"
     "b0 = AllocatePool leave:88\n"
     "p0 = AllocatePages BootServicesData 1\n"
     "p1 = AllocatePages BootServicesData 1\n"},
    {"H11", RuleId::Status,
     "boot v1\nboard heap-low\n"
     "h0 = CreateHob MemoryAllocation 48 platform\n"
     "FreePages 0xb0000000 1\n"},
    {"H13", RuleId::FailureAtomic,
     "boot v1\nboard roomy\n"
     "p0 = AllocatePages BootServicesData 1\n"
     "p1 = AllocatePages RuntimeServicesData 0x100000\n",
     true},
    {"H15", RuleId::TargetStop,
     "boot v1\nboard ppi-plain\ngarbage 1\n"
     "InstallPeiMemory dram0 whole\n"
     "ReturnToDispatcher\n"},
    {"H17", RuleId::HobOverlap,
     "boot v1\nboard heap-low\n"
     "InstallPeiMemory dram0+8 whole\n"
     "ReturnToDispatcher\n"},
    {"H18", RuleId::Status,
     "boot v1\nboard heap-low\n"
     "InstallPeiMemory dram0 0x1000\n"},
    {"H19", RuleId::Status,
     "boot v1\nboard roomy\n"
     "p0 = AllocatePages RuntimeServicesData 0xfffffffffffffff2\n",
     true},
    {"H22", RuleId::AllocationHob,
     "boot v1\nboard roomy\n"
     "p0 = AllocatePages BootServicesData leave:3\n"
     "FreePages p0+12 16\n"
     "p1 = AllocatePages RuntimeServicesData 6\n",
     true},
    {"H23", RuleId::OutParameter,
     "boot v1\nboard heap-low\n"
     "h0 = CreateHob GuidExtension 0xfff9\n"},
    {"H24", RuleId::MigrationHobs,
     "boot v1\nboard sec-hobs\n"
     "p0 = AllocatePages BootServicesData 2\n"
     "InstallPeiMemory dram0 whole\n"
     "ReturnToDispatcher\n"},
    {"H37", RuleId::PageAddress,
     "boot v1\nboard heap-low\n"
     "h0 = CreateHob MemoryAllocation 48 free\n"
     "p0 = AllocatePages BootServicesData gap+1\n"},
    {"H45", RuleId::Status,
     "boot v1\nboard heap-low\n"
     "InstallPeiMemory 0xfffffffffffff000 0x10000\n"},
    // Not in docs/pei-semantics.md: a refused request has joined free HOBs.
    {"MERGE", RuleId::FailureAtomic,
     "boot v1\nboard heap-low\n"
     "p0 = AllocatePages BootServicesData 1\n"
     "p1 = AllocatePages BootServicesData 1\n"
     "p2 = AllocatePages BootServicesData 1\n"
     "FreePages p0 1\n"
     "FreePages p1 1\n"
     "p3 = AllocatePages BootServicesData 0x100\n"},
    // docs/pei-semantics.md 3.2, step 5: no record of the new stack when the heap is full.
    {"STACK", RuleId::MigrationStack,
     "boot v1\nboard heap-low\n"
     "InstallPeiMemory dram0 whole\n"
     "b0 = AllocatePool leave:40\n"
     "ReturnToDispatcher\n"},
    // docs/pei-semantics.md 2.7: the type is not looked at.
    {"TYPES", RuleId::Status,
     "boot v1\nboard heap-low\n"
     "h0 = CreateHob 0xffff 8\n"},
};

void PrintTo(const Quirk& quirk, std::ostream* out) { *out << quirk.id; }

class Edk2Quirk : public testing::TestWithParam<Quirk> {
 protected:
  void SetUp() override {
    // Products that wrap at 2^64, which no count of 32 bits reaches.
    const std::string_view id = GetParam().id;
    if (sizeof(void*) < 8 && (id == "H2" || id == "H3")) GTEST_SKIP() << "EDK II has it in 64 bits";
  }
};

TEST_P(Edk2Quirk, IsCaught) {
  const Quirk& quirk = GetParam();
  const Program program = parsed(quirk.program);
  // With AddressSanitizer some of them end the process.
  const Outcome quirky = run_one_isolated(
      program, edk2_like({.fixed = false, .granules_of_64k = quirk.granules_of_64k}));
  ASSERT_TRUE(quirky.finding);
  EXPECT_EQ(quirky.finding->rule, rule_name(quirk.rule)) << finding_text(quirky);
  const Outcome fixed =
      run_in_lockstep(program, edk2_like({.granules_of_64k = quirk.granules_of_64k}));
  EXPECT_FALSE(fixed.finding) << finding_text(fixed);
  const Outcome ours = run_in_lockstep(program, our_core());
  EXPECT_FALSE(ours.finding) << finding_text(ours);
}

// Switched on alone, it is still what is caught: the program tells of this quirk and no other.
TEST_P(Edk2Quirk, IsCaughtAlone) {
  const Quirk& quirk = GetParam();
  const hobnail_target& target = edk2_like({.granules_of_64k = quirk.granules_of_64k});
  setenv("HOBNAIL_EDK2_QUIRKS", quirk.id, 1);
  const Outcome outcome = run_one_isolated(parsed(quirk.program), target);
  unsetenv("HOBNAIL_EDK2_QUIRKS");
  ASSERT_TRUE(outcome.finding);
  EXPECT_EQ(outcome.finding->rule, rule_name(quirk.rule)) << finding_text(outcome);
}

INSTANTIATE_TEST_SUITE_P(All, Edk2Quirk, testing::ValuesIn(kQuirks),
                         [](const auto& quirk) { return std::string(quirk.param.id); });

}  // namespace
}  // namespace hobnail::oracle
