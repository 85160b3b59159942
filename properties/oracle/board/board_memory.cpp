// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Where a board's memory comes from: the addresses are taken once and for all, memory is put there
// when the board is used, and put there anew in a child process.
#include <fmt/format.h>
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "properties/oracle/board/asan.h"
#include "properties/oracle/board/board.h"

namespace hobnail::oracle {
namespace {

constexpr std::uint64_t kGuard = 0x10000;
constexpr std::uint64_t kFilledAtMost = 0x200000;  // larger memory is mapped, not filled
constexpr std::uint64_t kAnywhere32 = 0x80000000;  // what any process can map ends here

std::size_t sized(std::uint64_t bytes) { return static_cast<std::size_t>(bytes); }

bool g_shared_with_parent = false;  // of the process: all its boards

[[noreturn]] void fail(const BoardProfile& profile, const Region& region) {
  fmt::print(stderr,
             "hobnail: board {}: the addresses {:#x}-{:#x} cannot be mapped; another program part "
             "stands there (is this a non-PIE build?)\n",
             profile.name, region.base, region.end());
  std::exit(2);
}

}  // namespace

void Board::take_addresses() {
  for (const Arena& arena : arenas_) {
    if (arena.region.size == 0 || reserve(arena.region)) continue;
    // Not every kernel and not every tool gives out high addresses; low ones they all do.
    if (arena.region.end() <= kAnywhere32) fail(*profile_, arena.region);
    missing_ = fmt::format("the addresses {:#x}-{:#x} cannot be mapped here", arena.region.base,
                           arena.region.end());
    return;
  }
}

bool Board::reserve(const Region& region) const {
  const Region pages = pages_touched_by(region);
  const std::size_t size = static_cast<std::size_t>(pages.size);
  void* const wanted = pointer(pages.base - kGuard);
  constexpr int kFixed = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE;
  return mmap(wanted, size + 2 * kGuard, PROT_NONE, kFixed, -1, 0) == wanted;
}

// A view, wherever there is room for one.
void Board::add_view(Arena& arena) const {
  const Region pages = pages_touched_by(arena.region);
  constexpr int kAnywhere = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
  void* const view = mmap(nullptr, sized(pages.size), PROT_NONE, kAnywhere, -1, 0);
  if (view == MAP_FAILED) fail(*profile_, arena.region);
  arena.view = static_cast<std::uint8_t*>(view) + (arena.region.base - pages.base);
  take_memory(arena);
}

// New memory for an arena: in the place that was kept for it, and in the view.
void Board::take_memory(Arena& arena) const {
  const Region pages = pages_touched_by(arena.region);
  const std::size_t size = sized(pages.size);
  if (arena.memory >= 0) close(arena.memory);
  arena.memory = memfd_create("hobnail-board", MFD_CLOEXEC);
  if (arena.memory < 0 || ftruncate(arena.memory, static_cast<off_t>(size)) != 0) {
    fail(*profile_, arena.region);
  }
  std::uint8_t* const view = arena.view - (arena.region.base - pages.base);
  for (std::uint8_t* const place : {pointer(pages.base), view}) {
    constexpr int kShared = MAP_SHARED | MAP_NORESERVE | MAP_FIXED;
    if (mmap(place, size, PROT_READ | PROT_WRITE, kShared, arena.memory, 0) != place) {
      fail(*profile_, arena.region);
    }
  }
}

void Board::add_mirror(Arena& arena) const {
  const Region& region = arena.region;
  const std::size_t size = static_cast<std::size_t>(region.size);
  constexpr int kAnywhere = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
  void* const shadow = mmap(nullptr, size, PROT_READ | PROT_WRITE, kAnywhere, -1, 0);
  if (shadow == MAP_FAILED) fail(*profile_, region);
  arena.shadow = static_cast<std::uint8_t*>(shadow);
  arena.dirty.assign(size / kPage, 0);
  arena.pristine_is_zero = region.size > kFilledAtMost;
}

// Engines fork too (AFL++'s fork server), and do not say so.
void Board::notice_forks() {
  (void)pthread_atfork(nullptr, nullptr, [] { g_shared_with_parent = true; });
}

bool Board::shared_with_parent() { return g_shared_with_parent; }

void Board::part_from_parent() {
  g_shared_with_parent = false;
  for (const std::unique_ptr<Board>& board : all()) {
    if (!board->prepared_ || !board->missing_.empty()) continue;
    board->permit_all();
    board->revive_temporary_ram();
    for (Arena& arena : board->arenas_) {
      if (arena.region.size != 0) board->take_memory(arena);
    }
    board->all_open_ = true;
    board->restore_everything();
  }
}

}  // namespace hobnail::oracle
