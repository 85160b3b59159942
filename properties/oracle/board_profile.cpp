// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The table of boards.
#include "properties/oracle/board_profile.h"

#include <cstddef>

namespace pei::oracle {
namespace {

constexpr std::uint64_t kKiB = 0x400;
constexpr std::uint64_t kMiB = 0x100000;

// clang-format off
constexpr std::array<BoardProfile, 8> kProfiles{{
    {0, "heap-low", "heap below the stack, memory above (UefiCpuPkg's SecCore)",
     {0x10000000, 64 * kKiB}, {0x10000000, 32 * kKiB}, {0x10008000, 32 * kKiB},
     {{{0x40000000, 1 * kMiB}, {0x41000000, 512 * kKiB}}}},
    {1, "stack-low", "stack below the heap, memory above",
     {0x11000000, 64 * kKiB}, {0x11008000, 32 * kKiB}, {0x11000000, 32 * kKiB},
     {{{0x42000000, 1 * kMiB}, {0x43000000, 512 * kKiB}}}},
    {2, "memory-below", "permanent memory below temporary RAM: every offset is negative",
     {0x44800000, 64 * kKiB}, {0x44800000, 32 * kKiB}, {0x44808000, 32 * kKiB},
     {{{0x44000000, 1 * kMiB}, {0x12000000, 256 * kKiB}}}},
    {3, "small-heap", "an 8 KiB heap over a 4 KiB stack: the HOB list fills quickly",
     {0x13000000, 12 * kKiB}, {0x13001000, 8 * kKiB}, {0x13000000, 4 * kKiB},
     {{{0x46000000, 256 * kKiB}, {0x47000000, 64 * kKiB}}}},
    {4, "odd-top", "the heap ends 0x210 bytes past a page",
     {0x14000000, 0x10000}, {0x14000000, 0x8210}, {0x14008210, 0x7df0},
     {{{0x48000000, 1 * kMiB}, {0x49000000, 512 * kKiB}}}},
    {5, "small-memory", "permanent memory that just holds what migrates",
     {0x15000000, 32 * kKiB}, {0x15002000, 24 * kKiB}, {0x15000000, 8 * kKiB},
     {{{0x4a000000, 96 * kKiB}, {0x4b000000, 64 * kKiB}}}},
    {6, "roomy", "what real firmware has: 256 MiB, and temporary RAM for its longest lists",
     {0x16000000, 512 * kKiB}, {0x16000000, 448 * kKiB}, {0x16070000, 64 * kKiB},
     {{{0x60000000, 256 * kMiB}, {0x16800000, 1 * kMiB}}}},
    {7, "ovmf-q35", "OVMF on QEMU's q35 with 256 MiB, shifted by 1 GiB (temporary RAM by 256 MiB)",
     {0x17810000, 64 * kKiB}, {0x17810000, 32 * kKiB}, {0x17818000, 32 * kKiB},
     {{{0x4bb75000, 0x4403000}, {}}}},
}};
// clang-format on

constexpr bool numbered_in_order() {
  for (std::size_t i = 0; i < kProfiles.size(); ++i) {
    if (kProfiles[i].number != i) return false;
  }
  return true;
}
static_assert(numbered_in_order(), "a program names a board by its place in the table");

}  // namespace

std::span<const BoardProfile> board_profiles() { return kProfiles; }

}  // namespace pei::oracle
