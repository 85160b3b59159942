// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The differential under test: no difference is reported between targets that are both right, and
// one that is wrong in status, layout or contents is found with all rules disabled.
#include "properties/oracle/differential/differential.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>

#include "properties/oracle/generate/generate.h"
#include "properties/oracle/program/text/codec_text.h"
#include "properties/oracle/rules/rules.h"
#include "properties/planted/wrapped_target.h"
#include "properties/targets/hobnail/core.h"
#include "properties/targets/hobnail/dxe.h"
#include "properties/tests/targets/target_fixture.h"

namespace hobnail::oracle {
namespace {

const hobnail_target& plain_core() { return core_target({}); }
const hobnail_target& core_with_bins() { return core_target({false, true}); }
const hobnail_target& edk2() { return edk2_like({}); }
const hobnail_target& bottom_up() { return edk2_like({.policy = "bottom-up"}); }
const hobnail_target& lazy() { return edk2_like({.policy = "lazy"}); }

// Who is laid beside our core, over how many generated programs, and how much of all boots must be
// comparable, in percent of the ops. A third target is one more row.
struct Pair {
  const char* name;
  const hobnail_target& (*other)();
  Signature signature;
  std::uint64_t programs;
  std::size_t compared_least;
};

const Pair kPairs[] = {
    {"itself", plain_core, Signature::SamePolicy, 1000, 97},
    {"bins", core_with_bins, Signature::Any, 1000, 90},
    {"edk2", edk2, Signature::SamePolicy, 3000, 75},
    {"edk2_any", edk2, Signature::Any, 1000, 75},
    {"bottom_up", bottom_up, Signature::Any, 1000, 60},
    {"lazy", lazy, Signature::Any, 1000, 60},
};

void PrintTo(const Pair& pair, std::ostream* out) { *out << pair.name; }

std::string text_of(const Comparison& comparison) {
  if (!comparison.finding) return "no finding; " + comparison.stopped;
  return std::string(comparison.finding->rule) + " at op " +
         std::to_string(comparison.finding->op) + ": " + comparison.finding->evidence;
}

class TwoTargets : public testing::TestWithParam<Pair> {
 protected:
  Comparison compare(const Program& program) {
    RunOptions options;
    options.consumer = &builtin_dxe();
    const Pair& pair = GetParam();
    Comparison comparison =
        compare_targets(program, plain_core(), pair.other(), pair.signature, options);
    if (comparison.skipped.empty()) ops_ += program.ops.size();
    compared_ += comparison.compared;
    return comparison;
  }
  [[nodiscard]] std::size_t percent() const { return compared_ * 100 / ops_; }

  std::size_t ops_ = 0;
  std::size_t compared_ = 0;
};

TEST_P(TwoTargets, AgreeOnTheCorpus) {
  for (const char* folder : {"services", "regressions", "real"}) {
    const std::filesystem::path path = std::filesystem::path(HOBNAIL_CORPUS) / folder;
    for (const auto& entry : std::filesystem::directory_iterator(path)) {
      if (entry.path().extension() != ".boot") continue;
      std::ifstream file(entry.path());
      const std::string text{std::istreambuf_iterator<char>(file), {}};
      const Comparison comparison = compare(parsed(text));
      EXPECT_FALSE(comparison.finding) << entry.path() << "\n" << text_of(comparison);
    }
  }
  EXPECT_GE(percent(), std::size_t{50}) << "too little of the corpus can be compared";
}

TEST_P(TwoTargets, AgreeOnGeneratedPrograms) {
  constexpr std::size_t kOps = 60;
  for (std::uint64_t seed = 0; seed < GetParam().programs; ++seed) {
    Random random(seed);
    const Program program = generate_program(random, kOps);
    const Comparison comparison = compare(program);
    ASSERT_FALSE(comparison.finding) << "seed " << seed << "\n"
                                     << text_of(comparison) << "\n"
                                     << print_text(program);
  }
  RecordProperty("compared_percent", static_cast<int>(percent()));
  EXPECT_GE(percent(), GetParam().compared_least) << "too few ops can be compared";
}

INSTANTIATE_TEST_SUITE_P(All, TwoTargets, testing::ValuesIn(kPairs),
                         [](const auto& pair) { return std::string(pair.param.name); });

// Our core, and our core with something broken.
Comparison against_broken(const wrapped::Changes& changes, const char* text,
                          const RunOptions& options = {}) {
  return compare_targets(parsed(text), plain_core(), wrapped::around(plain_core(), changes),
                         Signature::SamePolicy, options);
}

// A split that needs one HOB is refused while two would not fit: no rule can say that it need not.
EFI_STATUS EFIAPI refuse_near_the_end(const EFI_PEI_SERVICES**, EFI_MEMORY_TYPE type, UINTN pages,
                                      EFI_PHYSICAL_ADDRESS* memory) {
  const EFI_HOB_HANDOFF_INFO_TABLE& phit = wrapped::phit();
  if (phit.EfiFreeMemoryTop - phit.EfiFreeMemoryBottom < 96) return EFI_OUT_OF_RESOURCES;
  return (*wrapped::services())->AllocatePages(wrapped::services(), type, pages, memory);
}

TEST(PlantedDifference, OfAStatusIsFound) {
  constexpr wrapped::Changes kChanges{
      .table = [](EFI_PEI_SERVICES& table) { table.AllocatePages = refuse_near_the_end; }};
  constexpr const char* kProgram =
      "boot v1\nboard heap-low\n"
      "p0 = AllocatePages BootServicesData 3\n"
      "p1 = AllocatePages BootServicesData 1\n"
      "FreePages p0 3\n"
      "AllocatePool leave:50\n"
      "p2 = AllocatePages BootServicesData 1\n";
  EXPECT_FALSE(run_in_lockstep(parsed(kProgram), wrapped::around(plain_core(), kChanges)).finding);
  const Comparison comparison = against_broken(kChanges, kProgram);
  ASSERT_TRUE(comparison.finding) << text_of(comparison);
  EXPECT_EQ(comparison.finding->rule, kDifferentStatus) << text_of(comparison);
  EXPECT_EQ(comparison.finding->op, 4U);
}

// One page more is taken, and given back at once: all that a rule can see is in order.
EFI_STATUS EFIAPI give_the_page_below(const EFI_PEI_SERVICES**, EFI_MEMORY_TYPE type, UINTN pages,
                                      EFI_PHYSICAL_ADDRESS* memory) {
  const EFI_PEI_SERVICES** const inner = wrapped::services();
  const EFI_STATUS status = (*inner)->AllocatePages(inner, type, pages + 1, memory);
  if (status != EFI_SUCCESS) return status;
  return (*inner)->FreePages(inner, *memory + pages * EFI_PAGE_SIZE, 1);
}

TEST(PlantedDifference, OfALayoutIsFound) {
  constexpr wrapped::Changes kChanges{
      .table = [](EFI_PEI_SERVICES& table) { table.AllocatePages = give_the_page_below; }};
  constexpr const char* kProgram =
      "boot v1\nboard heap-low\n"
      "p0 = AllocatePages BootServicesData 2\n";
  EXPECT_FALSE(run_in_lockstep(parsed(kProgram), wrapped::around(plain_core(), kChanges)).finding);
  const Comparison comparison = against_broken(kChanges, kProgram);
  ASSERT_TRUE(comparison.finding) << text_of(comparison);
  EXPECT_EQ(comparison.finding->rule, kDifferentLayout) << text_of(comparison);
  const Comparison any = compare_targets(parsed(kProgram), plain_core(),
                                         wrapped::around(plain_core(), kChanges), Signature::Any);
  EXPECT_FALSE(any.finding) << text_of(any);
}

VOID EFIAPI copy_less(VOID* to, VOID* from, UINTN length) {
  (*wrapped::services())->CopyMem(to, from, length == 0 ? 0 : length - 1);
}

TEST(PlantedDifference, OfContentsIsFound) {
  constexpr wrapped::Changes kChanges{
      .table = [](EFI_PEI_SERVICES& table) { table.CopyMem = copy_less; }};
  constexpr const char* kProgram =
      "boot v1\nboard heap-low\n"
      "p0 = AllocatePages BootServicesData 2\n"
      "CopyMem p0 p0+0x1000 64\n"
      "GetHobList\n";
  RunOptions deaf;  // the rule that would see it is switched off
  deaf.rules.remove(RuleId::CopyMem);
  const Comparison comparison = against_broken(kChanges, kProgram, deaf);
  ASSERT_TRUE(comparison.finding) << text_of(comparison);
  EXPECT_EQ(comparison.finding->rule, kDifferentContents) << text_of(comparison);
}

TEST(Differential, SaysWhichTargetARuleIsAbout) {
  constexpr wrapped::Changes kChanges{
      .table = [](EFI_PEI_SERVICES& table) { table.CopyMem = copy_less; }};
  const Comparison comparison = against_broken(kChanges,
                                               "boot v1\nboard heap-low\n"
                                               "p0 = AllocatePages BootServicesData 2\n"
                                               "CopyMem p0 p0+0x1000 64\n");
  ASSERT_TRUE(comparison.finding);
  EXPECT_EQ(comparison.finding->rule, rule_name(RuleId::CopyMem));
}

TEST(Differential, ComparesNothingWhereGranulesDiffer) {
  const Comparison comparison =
      compare_targets(parsed("boot v1\nboard heap-low\nGetHobList\n"), plain_core(),
                      core_target({true, false}), Signature::Any);
  EXPECT_FALSE(comparison.skipped.empty());
  EXPECT_EQ(comparison.ops_run, 0U);
}

// From a difference that is allowed on, nothing is said: EDK II does not look for an UNUSED HOB.
TEST(Differential, StopsWhereTheTargetsMayDiffer) {
  const Comparison comparison = compare_targets(parsed("boot v1\nboard heap-low\n"
                                                       "CreateHob Unused 48\n"
                                                       "AllocatePool rest:40\n"
                                                       "p0 = AllocatePages BootServicesData gap\n"
                                                       "GetHobList\n"),
                                                plain_core(), edk2(), Signature::SamePolicy);
  EXPECT_FALSE(comparison.finding) << text_of(comparison);
  EXPECT_EQ(comparison.compared, 2U);
  EXPECT_TRUE(comparison.stopped.starts_with("op 2: ")) << comparison.stopped;
}

// Else the comparison of layouts would compare nothing.
TEST(Differential, TellsPoliciesApart) {
  const Comparison comparison =
      compare_targets(parsed("boot v1\nboard heap-low\np0 = AllocatePages BootServicesData 1\n"
                             "InstallPeiMemory dram0 whole\nReturnToDispatcher\n"
                             "p1 = AllocatePages BootServicesData 1\n"
                             "p2 = AllocatePages BootServicesData 4\n"
                             "p3 = AllocatePages BootServicesData 1\nFreePages p2 4\n"
                             "p4 = AllocatePages BootServicesData 1\n"),
                      plain_core(), bottom_up(), Signature::SamePolicy);
  ASSERT_TRUE(comparison.finding) << text_of(comparison);
  EXPECT_EQ(comparison.finding->rule, kDifferentLayout);
}

}  // namespace
}  // namespace hobnail::oracle
