// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// ABI 2: boards that need what a target lacks are left out, and a target of ABI 1 still runs.
#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <variant>

#include "properties/oracle/board/board_set.h"
#include "properties/oracle/boot/target.h"
#include "properties/oracle/generate/generate.h"
#include "properties/oracle/lockstep/lockstep.h"
#include "properties/targets/hobnail/core.h"

namespace hobnail::oracle {
namespace {

hobnail_target lacking(std::uint32_t lacks, std::uint32_t least_heap = 0) {
  hobnail_target target = pei::core_target({});
  target.lacks = lacks;
  target.least_heap = least_heap;
  return target;
}

// The boards that the target does not get, as names.
std::string left_out(const hobnail_target& target) {
  std::string names;
  for (const BoardProfile& board : board_profiles()) {
    if (unsupported(target, board).empty()) continue;
    names += (names.empty() ? "" : " ") + std::string(board.name);
  }
  return names;
}

TEST(Abilities, EachLeavesOutItsBoards) {
  EXPECT_EQ(left_out(lacking(0)), "");
  EXPECT_EQ(left_out(lacking(HOBNAIL_LACKS_SEC_HOBS)), "sec-hobs sec-hobs-long");
  EXPECT_EQ(left_out(lacking(HOBNAIL_LACKS_PLATFORM_MOVE)),
            "ppi-straight ppi-swap ppi-car-off ppi-hole ppi-plain");
  EXPECT_EQ(left_out(lacking(HOBNAIL_LACKS_IN_MEMORY)), "in-memory");
  EXPECT_EQ(left_out(lacking(HOBNAIL_LACKS_STACK_APART)), "stack-outside");
  EXPECT_EQ(left_out(lacking(HOBNAIL_LACKS_HOLES)),
            "hole-heap-low hole-stack-low stack-outside unaligned ppi-hole ppi-plain "
            "sec-hobs-long");
  EXPECT_EQ(left_out(lacking(0, 0x2000)), "tiny too-tiny");
}

TEST(Abilities, AProgramOfSuchABoardIsSkippedWithTheReason) {
  Program program;
  program.board = 21;
  const Outcome outcome = run_in_lockstep(program, lacking(HOBNAIL_LACKS_SEC_HOBS));
  EXPECT_EQ(outcome.skipped,
            "board sec-hobs needs HOBs of SEC, which hobnail core does not support");
  EXPECT_FALSE(outcome.finding);
}

TEST(Abilities, TheGeneratorDrawsOnlyBoardsOfTheSet) {
  const auto parsed = parse_board_set("-heap-low,-roomy");
  const BoardSet chosen = std::get<BoardSet>(parsed);
  const BoardSet usable = usable_boards(lacking(HOBNAIL_LACKS_HOLES), chosen);
  Random random(1);
  for (int i = 0; i < 2000; ++i) {
    const std::uint8_t board = generate_program(random, 4, usable).board;
    EXPECT_TRUE(usable.contains(board)) << board_profiles()[board].name;
  }
}

TEST(BoardSets, AreReadFromTheirText) {
  const auto two = std::get<BoardSet>(parse_board_set("tiny,s3"));
  EXPECT_TRUE(two.contains(14) && two.contains(22) && !two.contains(0));
  EXPECT_TRUE(std::get<BoardSet>(parse_board_set("")).is_all());
  const auto unknown = parse_board_set("heap-hgih");
  EXPECT_NE(std::get<BoardSetError>(unknown).message.find("'heap-hgih' is unknown"),
            std::string::npos);
  EXPECT_TRUE(std::holds_alternative<BoardSetError>(board_set({"s3"}, {"s3"})));
}

// Of version 1, and it wants a host of version 1; the memory behind its table is not read.
TEST(Abilities, ATargetOfAbi1RunsOnEveryBoard) {
  static std::uint32_t host_abi;
  hobnail_target old = pei::core_target({});
  old.abi = 1;
  old.size = offsetof(hobnail_target, lacks);
  old.lacks = ~0U;
  old.least_heap = ~0U;
  old.enter = [](const hobnail_host* host, const void* hand_off, const void* ppis) -> void* {
    host_abi = host->abi;
    hobnail_host own = *host;
    own.abi = HOBNAIL_TARGET_ABI;
    return pei::core_target({}).enter(&own, hand_off, ppis);
  };
  EXPECT_EQ(left_out(old), "");
  const Outcome outcome = run_in_lockstep(Program{}, old);
  EXPECT_FALSE(outcome.finding) << outcome.finding->evidence;
  EXPECT_EQ(host_abi, 1U);
}

}  // namespace
}  // namespace hobnail::oracle
