// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A boot leaves no byte behind for the next one: after Board::reset() all of permanent memory is as
// a boot finds it, wherever the target, PEIMs, DXE and the operating system wrote.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <span>
#include <stdexcept>
#include <string_view>
#include <variant>

#include "properties/oracle/board/board.h"
#include "properties/oracle/boot/target.h"
#include "properties/oracle/generate/generate.h"
#include "properties/oracle/lockstep/lockstep.h"
#include "properties/planted/freedoms.h"
#include "properties/planted/wrapped_target.h"
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

void check_boots_of(const hobnail_target& target, Standard standard = Standard::Pi) {
  RunOptions options;
  options.rules.set_standard(standard);
  options.consumer = &pei::builtin_dxe();
  for (std::uint64_t seed = 0; seed < kProgramsRun; ++seed) {
    Random random(seed);
    const Program program = generate_program(random, kOpsOfABoot);
    if (!run_in_lockstep(program, target, options).skipped.empty()) continue;
    Board& board = Board::of(program.board);
    board.reset(program.garbage);
    ASSERT_TRUE(is_restored(board)) << "seed " << seed << ", board " << board.profile().name;
  }
}

void fill(const Region& range, int byte) {
  if (range.size != 0) std::memset(Board::pointer(range.base), byte, sized(range.size));
}

// A freedom by its sentence.
const wrapped::Changes& changes_of(std::string_view what) {
  const std::span<const Freedom> all = freedoms();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const Freedom& freedom) { return freedom.what == what; });
  if (found == all.end()) throw std::runtime_error("no such freedom");
  return found->changes;
}

// As if all of temporary RAM had been copied: its gap and its stack lie behind the list.
void* copy_gap_and_stack(void* given) {
  const EFI_HOB_HANDOFF_INFO_TABLE& phit = wrapped::phit();
  const auto list = reinterpret_cast<std::uintptr_t>(&phit);
  const std::uint64_t image = list + wrapped::hand_off().TemporaryRamSize;
  const Region copied =
      between(phit.EfiFreeMemoryBottom, std::min<std::uint64_t>(image, phit.EfiFreeMemoryTop));
  fill(copied, 0x5a);
  return given;
}

TEST(RestoredMemory, IsWhatTheFirstBootFound) { check_boots_of(builtin_core(), Standard::Strict); }

TEST(RestoredMemory, IsSoWhereACoreClearsThePagesThatItGivesOut) {
  check_boots_of(wrapped::around(builtin_core(), changes_of("clears the pages that it gives out")));
}

TEST(RestoredMemory, IsSoWhereACoreFillsThePagesThatItTakesBack) {
  check_boots_of(wrapped::around(builtin_core(), changes_of("fills the pages that it takes back")));
}

// 16 KiB below the pages, which are free.
EFI_STATUS EFIAPI use_free_memory(const EFI_PEI_SERVICES**, EFI_BOOT_MODE* mode) {
  const EFI_HOB_HANDOFF_INFO_TABLE& phit = wrapped::phit();
  const std::uint64_t top = page_down(phit.EfiFreeMemoryTop);
  const Region used = between(std::max(page_up(phit.EfiFreeMemoryBottom), top - 4 * kPage), top);
  fill(used, 0x11);
  return (*wrapped::services())->GetBootMode(wrapped::services(), mode);
}

TEST(RestoredMemory, IsSoWhereACoreUsesFreeMemory) {
  check_boots_of(wrapped::around(
      builtin_core(), {wrapped::replace<&EFI_PEI_SERVICES::GetBootMode, use_free_memory>}));
}

TEST(RestoredMemory, IsSoWhereACoreCopiesAllOfTemporaryRam) {
  check_boots_of(wrapped::around(builtin_core(), {nullptr, nullptr, copy_gap_and_stack}));
}

}  // namespace
}  // namespace hobnail::oracle
