// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A boot leaves no byte behind for the next one: after Board::reset() all of permanent memory is as
// a boot finds it, wherever the target, PEIMs, DXE and the operating system wrote.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <variant>

#include "properties/oracle/board/board.h"
#include "properties/oracle/boot/target.h"
#include "properties/oracle/generate/generate.h"
#include "properties/oracle/lockstep/lockstep.h"
#include "properties/targets/hobnail/dxe.h"

namespace hobnail::oracle {
namespace {

constexpr std::uint64_t kProgramsRun = 150;
constexpr std::size_t kOpsOfABoot = 60;
constexpr std::uint64_t kLargestMemory = 0x200000;  // more would take seconds to look at

const hobnail_target& builtin_core() { return *std::get<const hobnail_target*>(load_target("")); }

bool is_restored(const Board& board) {
  const std::array<Region, 2>& dram = board.profile().dram;
  return std::all_of(dram.begin(), dram.end(), [&](const Region& memory) {
    return memory.size == 0 || memory.size > kLargestMemory || board.is_as_found(memory);
  });
}

TEST(RestoredMemory, IsWhatTheFirstBootFound) {
  RunOptions options;
  options.consumer = &pei::builtin_dxe();
  for (std::uint64_t seed = 0; seed < kProgramsRun; ++seed) {
    Random random(seed);
    const Program program = generate_program(random, kOpsOfABoot);
    if (!run_in_lockstep(program, builtin_core(), options).skipped.empty()) continue;
    Board& board = Board::of(program.board);
    board.reset(program.garbage);
    ASSERT_TRUE(is_restored(board)) << "seed " << seed << ", board " << board.profile().name;
  }
}

}  // namespace
}  // namespace hobnail::oracle
