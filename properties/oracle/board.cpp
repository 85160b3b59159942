// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Mapping, filling and taking away the memory of a board.
#include "properties/oracle/board.h"

#include <fmt/format.h>
#include <sys/mman.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "properties/oracle/asan.h"
#include "properties/oracle/generate.h"

namespace pei::oracle {
namespace {

constexpr std::uint64_t kPage = 0x1000;
constexpr std::uint64_t kGuard = 0x10000;
constexpr std::uint64_t kFilledAtMost = 0x200000;  // larger memory is mapped, not filled
constexpr std::size_t kGarbageSize = 0x10000;

[[noreturn]] void fail(const BoardProfile& profile, const Region& region) {
  fmt::print(stderr,
             "hobnail: board {}: the addresses {:#x}-{:#x} cannot be mapped; another program part "
             "stands there (is this a non-PIE build?)\n",
             profile.name, region.base, region.end());
  std::exit(2);
}

// Pseudo-random bytes that never change; memory is filled from here, at an offset by seed.
std::span<const std::uint8_t> garbage_pool() {
  static const auto kPool = [] {
    std::vector<std::uint8_t> bytes(2 * kGarbageSize);
    Random random(0x486f626e61696cULL);
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random.next());
    return bytes;
  }();
  return kPool;
}

void fill(std::uint8_t* to, std::size_t size, std::uint8_t garbage) {
  if (garbage == 1 || garbage == 2) {
    std::memset(to, garbage == 1 ? 0x00 : 0xff, size);
    return;
  }
  const std::uint8_t* from = garbage_pool().data() + std::size_t{garbage} * 40;
  for (std::size_t done = 0; done < size; done += kGarbageSize) {
    std::memcpy(to + done, from, std::min(kGarbageSize, size - done));
  }
}

}  // namespace

Board& Board::of(std::uint8_t number) {
  // All of them take their addresses before the process has a need for any (valgrind hands out low
  // ones); memory is spent on a board when it is used.
  static const std::vector<std::unique_ptr<Board>> kBoards = [] {
    std::vector<std::unique_ptr<Board>> boards;
    for (const BoardProfile& profile : board_profiles()) boards.emplace_back(new Board(profile));
    return boards;
  }();
  Board& board = *kBoards[number < kBoards.size() ? number : 0];
  board.prepare();
  return board;
}

Board::Board(const BoardProfile& profile) : profile_(&profile) {
  arenas_[0].region = profile.temporary_ram;
  arenas_[1].region = profile.dram[0];
  arenas_[2].region = profile.dram[1];
  for (Arena& arena : arenas_) {
    if (arena.region.size != 0) reserve(arena.region);
  }
  hand_off_.DataSize = sizeof hand_off_;
  hand_off_.TemporaryRamBase = at(profile.temporary_ram.base);
  hand_off_.TemporaryRamSize = static_cast<UINTN>(profile.temporary_ram.size);
  hand_off_.PeiTemporaryRamBase = at(profile.heap.base);
  hand_off_.PeiTemporaryRamSize = static_cast<UINTN>(profile.heap.size);
  hand_off_.StackBase = at(profile.stack.base);
  hand_off_.StackSize = static_cast<UINTN>(profile.stack.size);
}

void Board::reserve(const Region& region) const {
  const std::size_t size = static_cast<std::size_t>(region.size);
  void* const wanted = at(region.base - kGuard);
  constexpr int kFixed = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE;
  if (mmap(wanted, size + 2 * kGuard, PROT_NONE, kFixed, -1, 0) != wanted) fail(*profile_, region);
  if (mprotect(at(region.base), size, PROT_READ | PROT_WRITE) != 0) fail(*profile_, region);
}

void Board::prepare() {
  if (prepared_) return;
  prepared_ = true;
  for (Arena& arena : arenas_) {
    if (arena.region.size != 0) add_mirror(arena);
  }
}

void Board::add_mirror(Arena& arena) const {
  const Region& region = arena.region;
  const std::size_t size = static_cast<std::size_t>(region.size);
  constexpr int kAnywhere = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
  void* const mirror = mmap(nullptr, size, PROT_READ | PROT_WRITE, kAnywhere, -1, 0);
  if (mirror == MAP_FAILED) fail(*profile_, region);
  arena.mirror = static_cast<std::uint8_t*>(mirror);
  arena.dirty.assign(size / kPage, 0);
  arena.pristine_is_zero = region.size > kFilledAtMost;
  if (!arena.pristine_is_zero) fill(at(region.base), size, 0);
}

void Board::reset(std::uint8_t garbage) {
  revive_temporary_ram();
  fill(at(arenas_[0].region.base), static_cast<std::size_t>(arenas_[0].region.size), garbage);
  for (std::size_t i = 1; i < arenas_.size(); ++i) {
    Arena& arena = arenas_[i];
    for (const std::uint32_t page : arena.dirty_pages) {
      restore(arena, page);
      arena.dirty[page] = 0;
    }
    arena.dirty_pages.clear();
  }
}

void Board::restore_everything() {
  for (std::size_t i = 1; i < arenas_.size(); ++i) {
    const Region& region = arenas_[i].region;
    if (region.size == 0) continue;
    const auto size = static_cast<std::size_t>(region.size);
    if (arenas_[i].pristine_is_zero) {
      madvise(at(region.base), size, MADV_DONTNEED);
    } else {
      fill(at(region.base), size, 0);
    }
  }
}

void Board::restore(Arena& arena, std::size_t page) const {
  std::uint8_t* const to = at(arena.region.base + page * kPage);
  if (arena.pristine_is_zero) {
    madvise(to, kPage, MADV_DONTNEED);
  } else {
    std::memcpy(to, garbage_pool().data() + page * kPage % kGarbageSize, kPage);
  }
}

const Board::Arena* Board::arena_of(std::uint64_t address) const {
  for (const Arena& arena : arenas_) {
    if (arena.region.contains(address)) return &arena;
  }
  return nullptr;
}

bool Board::readable(std::uint64_t address, std::uint64_t bytes) const {
  const Arena* const arena = arena_of(address);
  if (arena == nullptr || !arena->region.contains(address, bytes)) return false;
  return arena != &arenas_[0] || !temporary_ram_dead_;
}

Region Board::region_of(std::uint64_t address) const {
  const Arena* const arena = arena_of(address);
  return arena == nullptr ? Region{} : arena->region;
}

bool Board::intersects(const Region& range) const {
  return std::any_of(arenas_.begin(), arenas_.end(), [&](const Arena& arena) {
    return arena.region.size != 0 && arena.region.overlaps(range);
  });
}

std::uint8_t* Board::at(std::uint64_t address) {
  return reinterpret_cast<std::uint8_t*>(static_cast<std::uintptr_t>(address));
}

std::uint8_t* Board::mirror(std::uint64_t address) const {
  const Arena* const arena = arena_of(address);
  return arena->mirror + (address - arena->region.base);
}

void Board::note_dirty(const Region& range) {
  for (std::size_t i = 1; i < arenas_.size(); ++i) {
    Arena& arena = arenas_[i];
    if (range.size == 0 || !arena.region.overlaps(range)) continue;
    const std::uint64_t from = std::max(range.base, arena.region.base) - arena.region.base;
    const std::uint64_t to = std::min(range.end(), arena.region.end()) - arena.region.base;
    for (std::uint64_t page = from / kPage; page * kPage < to; ++page) {
      const auto index = static_cast<std::uint32_t>(page);
      if (arena.dirty[index] != 0) continue;
      arena.dirty[index] = 1;
      arena.dirty_pages.push_back(index);
    }
  }
}

void Board::kill_temporary_ram() {
  const Region& region = arenas_[0].region;
  const auto size = static_cast<std::size_t>(region.size);
  fill(at(region.base), size, 0xee);
  if (kAddressSanitizer) {
    poison(at(region.base), size);
  } else {
    mprotect(at(region.base), size, PROT_NONE);
  }
  temporary_ram_dead_ = true;
}

void Board::revive_temporary_ram() {
  if (!temporary_ram_dead_) return;
  const Region& region = arenas_[0].region;
  const auto size = static_cast<std::size_t>(region.size);
  if (kAddressSanitizer) {
    unpoison(at(region.base), size);
  } else {
    mprotect(at(region.base), size, PROT_READ | PROT_WRITE);
  }
  temporary_ram_dead_ = false;
}

}  // namespace pei::oracle
