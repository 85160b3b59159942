// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The table of boards.
#include "properties/oracle/board/board_profile.h"

#include <algorithm>
#include <cstddef>

#include "properties/oracle/board/asan.h"

namespace hobnail::oracle {
namespace {

constexpr std::uint64_t kKiB = 0x400;
constexpr std::uint64_t kMiB = 0x100000;

// clang-format off
constexpr std::array<BoardProfile, 26> kProfiles{{
    {0, "heap-low", "heap below the stack, memory above (UefiCpuPkg's SecCore)",
     {0x10000000, 64 * kKiB}, {0x10000000, 32 * kKiB}, {0x10008000, 32 * kKiB},
     {{{0x40100000, 1 * kMiB}, {0x41000000, 512 * kKiB}}}},
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
    {8, "hole-heap-low", "SEC's data below, between and above the heap and the stack over it",
     {0x18000000, 0x14000}, {0x18001000, 32 * kKiB}, {0x1800a800, 32 * kKiB},
     {{{0x50000000, 1 * kMiB}, {0x50200000, 512 * kKiB}}}},
    {9, "hole-stack-low", "SEC's data below, between and above the stack and the heap over it",
     {0x18400000, 0x14000}, {0x1840a000, 32 * kKiB}, {0x18401000, 32 * kKiB},
     {{{0x50400000, 1 * kMiB}, {0x50600000, 512 * kKiB}}}},
    {10, "stack-outside", "SEC's stack lies apart from temporary RAM, where SEC has data too",
     {0x18800000, 40 * kKiB}, {0x18801000, 32 * kKiB}, {0x18c00000, 32 * kKiB},
     {{{0x50800000, 1 * kMiB}, {0x50a00000, 512 * kKiB}}}, kMayDecline},
    {11, "far-memory", "permanent memory at 32 TiB and at 16 TiB: no address fits 32 bits",
     {0x19000000, 64 * kKiB}, {0x19000000, 32 * kKiB}, {0x19008000, 32 * kKiB},
     {{{0x200000000000, 1 * kMiB}, {0x100100000000, 512 * kKiB}}}},
    {12, "at-4gib", "permanent memory across 4 GiB, and a little above; not with sanitizers",
     {0x19400000, 64 * kKiB}, {0x19400000, 32 * kKiB}, {0x19408000, 32 * kKiB},
     {{{0xfff80000, 1 * kMiB}, {0x100200000, 512 * kKiB}}}},
    {13, "unaligned", "temporary RAM, heap and stack begin and end between pages",
     {0x19800840, 0xf770}, {0x19800848, 0x7b58}, {0x198083a0, 0x7c00},
     {{{0x51000000, 1 * kMiB}, {0x51200000, 512 * kKiB}}}},
    {14, "tiny", "4 KiB of temporary RAM: besides PHIT and END, the one HOB that a migration needs",
     {0x19c00000, 4 * kKiB}, {0x19c00f90, 0x70}, {0x19c00000, 0xf90},
     {{{0x51400000, 1 * kMiB}, {0x51600000, 64 * kKiB}}}},
    {15, "too-tiny", "a heap that cannot hold PHIT and END: there is no boot",
     {0x1a000000, 4 * kKiB}, {0x1a000fc8, 0x38}, {0x1a000000, 0xfc8},
     {{{0x51800000, 256 * kKiB}, {}}}, kMustDecline},
    {16, "ppi-straight", "the platform moves temporary RAM, where the stack is low already",
     {0x1a400000, 64 * kKiB}, {0x1a408000, 32 * kKiB}, {0x1a400000, 32 * kKiB},
     {{{0x51c00000, 1 * kMiB}, {0x51e00000, 512 * kKiB}}}, kPlatformMoves},
    {17, "ppi-swap", "the platform moves temporary RAM and swaps its halves (OVMF)",
     {0x1a800000, 64 * kKiB}, {0x1a800000, 32 * kKiB}, {0x1a808000, 32 * kKiB},
     {{{0x52000000, 1 * kMiB}, {0x52200000, 512 * kKiB}}}, kPlatformMoves},
    {18, "ppi-car-off", "the same, and the cache that was temporary RAM is off when it returns",
     {0x1ac00000, 64 * kKiB}, {0x1ac00000, 32 * kKiB}, {0x1ac08000, 32 * kKiB},
     {{{0x52400000, 1 * kMiB}, {0x52600000, 512 * kKiB}}}, kPlatformMoves | kRamEndsWithMove},
    {19, "ppi-hole", "the platform moves the stack, the heap, and what SEC has beside them",
     {0x1b000000, 0x14000}, {0x1b001000, 32 * kKiB}, {0x1b00a800, 32 * kKiB},
     {{{0x52800000, 1 * kMiB}, {0x52a00000, 512 * kKiB}}}, kPlatformMoves},
    {20, "in-memory", "SEC starts PEI in permanent memory: nothing is installed, nothing moves",
     {0x52c00000, 128 * kKiB}, {0x52c00000, 96 * kKiB}, {0x52c18000, 32 * kKiB},
     {{{0x53000000, 1 * kMiB}, {0x53200000, 512 * kKiB}}}, kInMemory | kMayDecline},
    {21, "sec-hobs", "SEC has HOBs for the list; one describes more than the pages it begins in",
     {0x1b400000, 64 * kKiB}, {0x1b400000, 32 * kKiB}, {0x1b408000, 32 * kKiB},
     {{{0x53400000, 1 * kMiB}, {0x53600000, 512 * kKiB}}}, kSecHobs | kMayDecline},
    {22, "s3", "resume: permanent memory is the 512 KiB that the last boot has reserved",
     {0x1b800000, 64 * kKiB}, {0x1b800000, 32 * kKiB}, {0x1b808000, 32 * kKiB},
     {{{0x53800000, 512 * kKiB}, {}}}},
    {23, "ppi-plain", "the platform copies temporary RAM as it lies, SEC's data below the heap",
     {0x1bc00000, 0x13000}, {0x1bc0a000, 32 * kKiB}, {0x1bc00000, 32 * kKiB},
     {{{0x53a00000, 1 * kMiB}, {0x53c00000, 512 * kKiB}}}, kPlatformMoves | kPlainCopy},
    {24, "far-twin", "permanent memory that ends where temporary RAM does, 32 TiB higher",
     {0x1c000000, 64 * kKiB}, {0x1c008000, 32 * kKiB}, {0x1c000000, 32 * kKiB},
     {{{0x20001bf10000, 1 * kMiB}, {0x30001c000000, 512 * kKiB}}}},
    {25, "sec-hobs-long", "one of SEC's HOBs exceeds a page; SEC's data ends at an odd address",
     {0x1c400000, 0x113a1}, {0x1c400000, 32 * kKiB}, {0x1c408000, 32 * kKiB},
     {{{0x53e00000, 1 * kMiB}, {0x54000000, 512 * kKiB}}}, kSecHobs | kLongSecHob | kMayDecline},
}};
// clang-format on

constexpr bool numbered_in_order() {
  for (std::size_t i = 0; i < kProfiles.size(); ++i) {
    if (kProfiles[i].number != i) return false;
  }
  return true;
}
static_assert(numbered_in_order(), "a program names a board by its place in the table");

constinit std::array<BoardProfile, kProfiles.size()> g_profiles = kProfiles;

// What AddressSanitizer keeps for itself of x86-64's address space below its second free part.
constexpr Region kSanitizersOwn{0x7fff8000, 0x10007fff8000 - 0x7fff8000};
constexpr bool kSanitized = kAddressSanitizer && sizeof(void*) == 8;

}  // namespace

std::array<Region, 3> BoardProfile::holes() const {
  if (stack_is_outside()) {
    return {between(temporary_ram.base, heap.base), between(heap.end(), temporary_ram.end()), {}};
  }
  const Region& lower = heap.base < stack.base ? heap : stack;
  const Region& upper = heap.base < stack.base ? stack : heap;
  return {between(temporary_ram.base, lower.base), between(lower.end(), upper.base),
          between(upper.end(), temporary_ram.end())};
}

std::uint64_t BoardProfile::hole_bytes() const {
  std::uint64_t bytes = 0;
  for (const Region& hole : holes()) bytes += hole.size;
  return bytes;
}

std::span<const BoardProfile> board_profiles() { return g_profiles; }

void shift_board_profiles(std::uint64_t bytes) {
  for (BoardProfile& profile : g_profiles) {
    for (Region* const region : {&profile.temporary_ram, &profile.heap, &profile.stack,
                                 profile.dram.data(), profile.dram.data() + 1}) {
      if (region->size != 0) region->base += bytes;
    }
  }
}

std::string_view missing_in_this_build(const BoardProfile& profile) {
  for (const Region& region : profile.dram) {
    if (region.end() > UINTPTR_MAX) return "needs 64-bit addresses";
    if (kSanitized && region.overlaps(kSanitizersOwn)) {
      return "needs addresses that AddressSanitizer keeps for itself";
    }
  }
  return {};
}

}  // namespace hobnail::oracle
