// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What our core and edk2_like make of the layouts that SEC may hand over, where a rule of the
// oracle leaves a target the choice.
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "properties/oracle/board/board_profile.h"
#include "properties/oracle/rules/rules.h"
#include "properties/tests/targets/target_fixture.h"

namespace hobnail::oracle {
namespace {

// A target may decline what it lacks; ours lacks nothing that a hand-off can ask for.
TEST(OurCore, EntersEveryBoardButTheOneWithoutRoom) {
  const hobnail_target& target = our_core();
  for (const BoardProfile& board : board_profiles()) {
    const Outcome outcome = run_in_lockstep(
        parsed("boot v1\nboard " + std::string(board.name) + "\nGetHobList\n"), target);
    EXPECT_FALSE(outcome.finding) << board.name << "\n" << finding_text(outcome);
    if (!outcome.skipped.empty()) continue;
    EXPECT_EQ(outcome.ops_run != 0, board.name != "too-tiny") << board.name;
  }
}

// A target that does not look at what it is given.
constexpr hobnail_target kBlind = {
    HOBNAIL_TARGET_ABI,
    sizeof(hobnail_target),
    "blind",
    0,
    0x1000,
    [](const hobnail_host*, const void* sec_core_data, const void*) -> void* {
      return const_cast<void*>(sec_core_data);
    },
    []() -> void* { return nullptr; },
    nullptr,
    0,
    0,
};

TEST(Blind, IsSeenToEnterWithoutRoomForAList) {
  const Outcome outcome = run_in_lockstep(parsed("boot v1\nboard too-tiny\n"), kBlind);
  ASSERT_TRUE(outcome.finding);
  EXPECT_EQ(outcome.finding->rule, rule_name(RuleId::Enter)) << finding_text(outcome);
}

bool platform_moved(const OpRecord& record) {
  return record.migration && record.migration->platform_image != 0;
}

// Where the platform offers to move temporary RAM, our core accepts.
TEST(OurCore, AsksThePlatform) {
  for (const BoardProfile& board : board_profiles()) {
    if (!board.has(kPlatformMoves)) continue;
    const Program program = parsed("boot v1\nboard " + std::string(board.name) +
                                   "\nInstallPeiMemory dram0 whole\nReturnToDispatcher\n");
    const Outcome outcome = run_in_lockstep(program, our_core(), {.records = true});
    EXPECT_FALSE(outcome.finding) << board.name << "\n" << finding_text(outcome);
    EXPECT_TRUE(platform_moved(outcome.records.at(1))) << board.name;
  }
}

// Once the platform has moved it, temporary RAM may be a cache again.
TEST(QuirkyEdk2Like, H42ReadsMemoryThatIsGone) {
  const Program program = parsed(
      "boot v1\nboard ppi-car-off\n"
      "InstallPeiMemory dram0 whole\n"
      "ReturnToDispatcher\n");
  const hobnail_target& target = edk2_like({});
  EXPECT_FALSE(run_in_lockstep(program, target).finding);
  setenv("HOBNAIL_EDK2_QUIRKS", "H42", 1);
  EXPECT_DEATH((void)run_in_lockstep(program, target), "");
  unsetenv("HOBNAIL_EDK2_QUIRKS");
}

// A target that does not know SEC's PPI copies temporary RAM itself: that is its right.
TEST(Edk2Like, MayLeaveThePlatformAlone) {
  for (const char* board : {"ppi-straight", "ppi-swap", "ppi-car-off", "ppi-hole", "ppi-plain"}) {
    const Program program = parsed(std::string("boot v1\nboard ") + board +
                                   "\np0 = AllocatePages BootServicesData 2\n"
                                   "b0 = AllocatePool 40\n"
                                   "InstallPeiMemory dram0 whole\n"
                                   "ReturnToDispatcher\n"
                                   "FreePages p0 1\n");
    const auto asked = [&](const char* policy) {
      const Outcome outcome =
          run_in_lockstep(program, edk2_like({.fixed = true, .policy = policy}), {.records = true});
      EXPECT_FALSE(outcome.finding) << board << ", " << policy << "\n" << finding_text(outcome);
      return platform_moved(outcome.records.at(3));
    };
    EXPECT_TRUE(asked("edk2")) << board;
    EXPECT_FALSE(asked("bottom-up")) << board;
    EXPECT_FALSE(asked("lazy")) << board;
  }
}

}  // namespace
}  // namespace hobnail::oracle
