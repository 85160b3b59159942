// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The image of SEC's stack after the migration: at the top of the new stack, or not there at all.
#include <gtest/gtest.h>

#include <cstring>
#include <initializer_list>
#include <string>
#include <variant>

#include "properties/oracle/board/same_bytes.h"
#include "properties/oracle/lockstep/lockstep.h"
#include "properties/oracle/pi.h"
#include "properties/oracle/program/text/codec_text.h"
#include "properties/oracle/region.h"
#include "properties/planted/wrapped_target.h"
#include "properties/targets/hobnail/core.h"

namespace hobnail::oracle {
namespace {

std::uint64_t g_distance = 0;  // that the image is too low by
bool g_erase = false;          // nothing of it is left where it belongs

UINT8* at(UINT64 address) { return reinterpret_cast<UINT8*>(static_cast<std::uintptr_t>(address)); }

// The new stack's record is the last.
HOBNAIL_UNCHECKED void* displace(void* given) {
  const EFI_GUID name = EFI_HOB_MEMORY_ALLOC_STACK_GUID;
  for (unsigned n = 0; const EFI_HOB_MEMORY_ALLOCATION* const record = wrapped::allocation(n);
       ++n) {
    const EFI_HOB_MEMORY_ALLOCATION_HEADER& stack = record->AllocDescriptor;
    if (std::memcmp(&stack.Name, &name, sizeof name) != 0) continue;
    const UINTN whole = wrapped::hand_off().StackSize;
    UINT8* const image = at(stack.MemoryBaseAddress + stack.MemoryLength - whole);
    // The core's own record, at its top, stays where it is: the core would not survive.
    const UINTN frames = whole / 4 * 3;
    if (g_distance != 0) std::memmove(image - g_distance, image, frames);
    if (g_erase) std::memset(image + frames - g_distance, 0, sized(g_distance));
    if (g_erase && g_distance == 0) std::memset(image, 0, frames);
  }
  return given;
}

Outcome play(std::string_view board, std::string_view garbage, Standard standard) {
  const std::string text = "boot v1\nboard " + std::string(board) + "\n" + std::string(garbage) +
                           "p0 = AllocatePages BootServicesData 2\n"
                           "InstallPeiMemory dram0 whole\nReturnToDispatcher\n";
  const auto parsed = parse_text(text);
  EXPECT_TRUE(std::holds_alternative<Program>(parsed)) << text;
  constexpr wrapped::Changes kDisplaced{nullptr, nullptr, displace, nullptr};
  RunOptions options;
  options.rules.set_standard(standard);
  return run_in_lockstep(std::get<Program>(parsed),
                         wrapped::around(pei::core_target({}), kDisplaced), options);
}

void expect_found(std::uint64_t distance, bool erase) {
  g_distance = distance;
  g_erase = erase;
  for (const std::string_view board : {"heap-low", "stack-low", "unaligned", "hole-heap-low"}) {
    for (const std::string_view garbage : {"", "garbage 3\n"}) {
      for (const Standard standard : {Standard::Pi, Standard::Strict}) {
        const Outcome outcome = play(board, garbage, standard);
        ASSERT_TRUE(outcome.finding) << distance << ' ' << board << ' ' << garbage;
        EXPECT_EQ(outcome.finding->rule, "MIGRATION-STACK") << outcome.finding->evidence;
      }
    }
  }
}

TEST(StackImage, ThatLiesElsewhereIsFound) {
  for (const std::uint64_t distance : std::initializer_list<std::uint64_t>{8, 16, 0x100, 0x1000}) {
    expect_found(distance, false);
    expect_found(distance, true);
  }
}

TEST(StackImage, MayBeMissing) {
  g_distance = 0;
  g_erase = true;
  for (const std::string_view garbage : {"", "garbage 1\n", "garbage 3\n"}) {
    const Outcome outcome = play("heap-low", garbage, Standard::Strict);
    EXPECT_FALSE(outcome.finding) << outcome.finding->evidence;
  }
}

}  // namespace
}  // namespace hobnail::oracle
