// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The oracle under test: what it takes for the contract is what PI lets a PEIM do. A target that
// stops at any other call is never stopped in contract policy, and soon in hostile policy.
#include <gtest/gtest.h>

#include <variant>

#include "properties/oracle/boot/target.h"
#include "properties/oracle/generate/generate.h"
#include "properties/oracle/lockstep/lockstep.h"
#include "properties/oracle/program/bytes/codec_bytes.h"
#include "properties/oracle/program/text/codec_text.h"
#include "properties/oracle/rules/rules.h"
#include "properties/planted/contract_guard.h"

namespace hobnail::oracle {
namespace {

constexpr std::uint64_t kPrograms = 4000;
constexpr std::size_t kOps = 60;

class Contract : public testing::Test {
 protected:
  [[nodiscard]] Outcome play(const Program& program, CallPolicy policy) const {
    RunOptions options;
    options.policy = policy;
    return run_in_lockstep(program, target_, options);
  }
  const hobnail_target& target_ =
      wrapped::around(*std::get<const hobnail_target*>(load_target("")), contract_guard());
};

TEST_F(Contract, GeneratedProgramsStayWithinIt) {
  std::size_t ops = 0;
  for (std::uint64_t seed = 0; seed < kPrograms; ++seed) {
    Random random(seed);
    const Program program = generate_program(random, kOps);
    const Outcome outcome = play(program, CallPolicy::Contract);
    ASSERT_FALSE(outcome.finding) << outcome.finding->rule << ": " << outcome.finding->evidence
                                  << "\n"
                                  << print_text(program);
    ops += outcome.ops_run;
  }
  EXPECT_GT(ops, kPrograms * 10);  // most of what is generated is still called
}

TEST_F(Contract, ProgramsFromBytesStayWithinIt) {
  Random random(7);
  for (std::uint64_t n = 0; n < kPrograms; ++n) {
    std::vector<std::uint8_t> bytes(static_cast<std::size_t>(random.below(300)));
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random.next());
    const Program program = decode_bytes(bytes);
    const Outcome outcome = play(program, CallPolicy::Contract);
    ASSERT_FALSE(outcome.finding) << outcome.finding->rule << ": " << outcome.finding->evidence
                                  << "\n"
                                  << print_text(program);
  }
}

// Stopping under hostile arguments ends the boot, and is no finding.
TEST_F(Contract, HostileConductLeavesIt) {
  std::size_t left = 0;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    Random random(seed);
    const Program program = generate_program(random, kOps);
    const Outcome all = play(program, CallPolicy::Hostile);
    ASSERT_FALSE(all.finding) << all.finding->rule << ": " << all.finding->evidence;
    if (all.ops_run < play(program, CallPolicy::Contract).ops_run) ++left;
  }
  EXPECT_GT(left, 150U);
}

TEST_F(Contract, AProgramMayAskForItself) {
  const auto parsed = parse_text("boot v1\nboard heap-low\ncontract\nGetHobList -> null\n");
  auto program = std::get<Program>(parsed);
  EXPECT_EQ(play(program, CallPolicy::TargetDecides).ops_run, 0U);
  EXPECT_EQ(play(program, CallPolicy::Hostile).ops_run, 1U);
  program.contract = false;
  EXPECT_EQ(play(program, CallPolicy::TargetDecides).ops_run, 1U);
}

// A finding says whether it takes a call that PI forbids to see it.
TEST_F(Contract, AFindingSaysItsClass) {
  const auto class_on = [](const hobnail_target& target, const char* text) {
    const Outcome outcome = run_in_lockstep(std::get<Program>(parse_text(text)), target);
    EXPECT_TRUE(outcome.finding);
    return outcome.finding->calls;
  };
  const wrapped::Changes broken{[](EFI_PEI_SERVICES& table) {
                                  table.FreePages =
                                      [](const EFI_PEI_SERVICES**, EFI_PHYSICAL_ADDRESS, UINTN)
                                          EFIAPI -> EFI_STATUS { return EFI_SUCCESS; };
                                },
                                nullptr, nullptr};
  const hobnail_target& target =
      wrapped::around(*std::get<const hobnail_target*>(load_target("")), broken);
  constexpr const char* kHostile = "boot v1\nboard heap-low\nFreePages 0x1234000 0\n";
  constexpr const char* kNeverGiven = "boot v1\nboard heap-low\nFreePages 0x1234000 1\n";
  constexpr const char* kBoth =
      "boot v1\nboard heap-low\np0 = AllocatePages BootServicesData 1 -> null\n"
      "p1 = AllocatePages BootServicesData 1\nFreePages p1 1\n";
  EXPECT_EQ(class_on(target, kHostile), CallClass::Hostile);
  EXPECT_EQ(class_on(target, kNeverGiven), CallClass::Contract);
  EXPECT_EQ(class_on(target, kBoth), CallClass::Contract);
}

}  // namespace
}  // namespace hobnail::oracle
