// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Programs that are run to their end: what is added, and that it gets them there.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "properties/oracle/lockstep/complete_boot.h"
#include "properties/oracle/program/text/codec_text.h"
#include "properties/targets/hobnail/core.h"
#include "properties/targets/hobnail/dxe.h"

namespace hobnail::oracle {
namespace {

Program parsed(std::string_view text) {
  auto result = parse_text(text);
  if (std::holds_alternative<TextError>(result)) ADD_FAILURE() << text;
  return std::get<Program>(std::move(result));
}

std::string ended(std::string_view text) { return print_text(with_hand_off(parsed(text))); }

TEST(WithEnding, AddsWhatIsMissing) {
  EXPECT_EQ(ended("boot v1\nboard heap-low\n"),
            "boot v1\nboard heap-low\nInstallPeiMemory dram0 whole\nReturnToDispatcher\nHandOff\n"
            "ExitBootServices\n");
  EXPECT_EQ(ended("boot v1\nboard heap-low\nHandOff\nInstallPeiMemory dram0 whole\n"),
            "boot v1\nboard heap-low\nInstallPeiMemory dram0 whole\nReturnToDispatcher\nHandOff\n"
            "ExitBootServices\n");
}

TEST(WithEnding, DoesNotResume) {
  EXPECT_EQ(ended("boot v1\nboard heap-low\nSetBootMode 0x11\n"),
            ended("boot v1\nboard heap-low\nSetBootMode 0x11\nSetBootMode 0\n"));
}

TEST(WithEnding, LeavesACompleteProgramAlone) {
  const Program once = with_hand_off(parsed("boot v1\nboard heap-low\nAllocatePool 8\n"));
  EXPECT_EQ(with_hand_off(once), once);
}

TEST(CompleteBoot, IsPlayedOnWhenAnInstallIsRefused) {
  RunOptions options;
  options.consumer = &builtin_dxe();
  const CompleteBoot story = play_whole_story(
      parsed("boot v1\nboard heap-low\nInstallPeiMemory dram0 8\n"), core_target({}), options);
  EXPECT_FALSE(story.outcome.finding);
  EXPECT_TRUE(story.reached_map) << print_text(story.program);
}

// The first half of every committed program. Some fill the list or the memory that DXE needs, or
// have a board on which a core may decline: no ending helps those.
TEST(CompleteBoot, ReachesTheMemoryMap) {
  RunOptions options;
  options.consumer = &builtin_dxe();
  std::size_t played = 0;
  std::size_t reached = 0;
  for (const auto& entry : std::filesystem::directory_iterator(HOBNAIL_CORPUS "/services")) {
    if (entry.path().extension() != ".boot") continue;
    std::ifstream file(entry.path());
    Program program = parsed(std::string{std::istreambuf_iterator<char>(file), {}});
    program.ops.resize(program.ops.size() / 2);
    const CompleteBoot story = play_whole_story(program, core_target({}), options);
    EXPECT_FALSE(story.outcome.finding) << entry.path() << print_text(story.program);
    if (!story.outcome.skipped.empty()) continue;
    ++played;
    reached += story.reached_map ? 1 : 0;
    const Outcome again = run_in_lockstep(story.program, core_target({}), options);
    EXPECT_EQ(again.digest, story.outcome.digest) << entry.path();
  }
  EXPECT_GT(played, 40u);
  EXPECT_GT(reached * 10, played * 8) << reached << " of " << played;
}

}  // namespace
}  // namespace hobnail::oracle
