// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Filling, restoring and taking away the memory of a board.
#include "properties/oracle/board/board.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <stdexcept>

#include "properties/oracle/board/asan.h"
#include "properties/oracle/board/garbage.h"
#include "properties/oracle/board/msan.h"
#include "properties/oracle/board/page_access.h"

namespace hobnail::oracle {
namespace {

constexpr std::uint64_t kGuard = 0x10000;
constexpr std::uint64_t kFilledAtMost = 0x200000;  // larger memory is mapped, not filled
constexpr std::uint64_t kWord = 8;                 // bytes that are looked at
constexpr std::uint64_t kPagesSampled = 16;
constexpr std::uint64_t kAnywhere32 = 0x80000000;  // what any process can map ends here

bool g_shared_with_parent = false;  // of the process: all its boards

[[noreturn]] void fail(const BoardProfile& profile, const Region& region) {
  const int reason = errno;
  const bool lack = reason == EMFILE || reason == ENFILE || reason == ENOMEM || reason == EFBIG ||
                    reason == ENOSPC;
  throw std::runtime_error(
      fmt::format("board {}: the addresses {:#x}-{:#x} cannot be mapped: {}", profile.name,
                  region.base, region.end(),
                  lack ? std::strerror(reason)
                       : "another program part stands there (is this a non-PIE build?)"));
}

}  // namespace

Board::Boards Board::map_all() {
  Boards boards;
  for (const BoardProfile& profile : board_profiles()) boards.emplace_back(new Board(profile));
  return boards;
}

Board::Boards& Board::all() {
  // All of them take their addresses before the process has a need for any (valgrind hands out low
  // ones); memory is spent on a board when it is used.
  static Boards boards = [] {
    notice_forks();
    return map_all();
  }();
  return boards;
}

void Board::shift_all(std::uint64_t bytes) {
  g_shared_with_parent = false;
  Boards& boards = all();
  for (const std::unique_ptr<Board>& board : boards) board->give_addresses_back();
  boards.clear();
  shift_board_profiles(bytes);
  boards = map_all();
}

Board& Board::of(std::uint8_t number) {
  const Boards& boards = all();
  if (shared_with_parent()) part_from_parent();
  Board& board = *boards[number < boards.size() ? number : 0];
  board.prepare();
  return board;
}

Board::Board(const BoardProfile& profile) : profile_(&profile) {
  arenas_[0].region = profile.temporary_ram;
  if (profile.stack_is_outside()) arenas_[1].region = profile.stack;
  arenas_[kDram].region = profile.dram[0];
  arenas_[kDram + 1].region = profile.dram[1];
  for (const Region& hole : profile.holes()) {
    if (hole.size != 0) sec_data_.push_back(hole);
  }
  missing_ = missing_in_this_build(profile);
  if (missing_.empty()) take_addresses();
  hand_off_.DataSize = sizeof hand_off_;
  hand_off_.TemporaryRamBase = pointer(profile.temporary_ram.base);
  hand_off_.TemporaryRamSize = static_cast<UINTN>(profile.temporary_ram.size);
  hand_off_.PeiTemporaryRamBase = pointer(profile.heap.base);
  hand_off_.PeiTemporaryRamSize = static_cast<UINTN>(profile.heap.size);
  hand_off_.StackBase = pointer(profile.stack.base);
  hand_off_.StackSize = static_cast<UINTN>(profile.stack.size);
}

void Board::prepare() {
  if (prepared_) return;
  prepared_ = true;
  if (!missing_.empty()) return;
  for (Arena& arena : arenas_) {
    if (arena.region.size == 0) continue;
    add_view(arena);
    add_mirror(arena);
  }
  restore_everything();
  // The parts of temporary RAM's pages that are no part of it.
  for (const Arena& arena : temporary()) {
    const Region pages = pages_touched_by(arena.region);
    poison(pointer(pages.base), static_cast<std::size_t>(arena.region.base - pages.base));
    poison(pointer(arena.region.end()), static_cast<std::size_t>(pages.end() - arena.region.end()));
  }
}

void Board::reset(std::uint8_t garbage) {
  permit_all();
  revive_temporary_ram();
  for (const Arena& arena : temporary()) {
    fill_with_garbage(arena.view, sized(arena.region.size), garbage);
    mark_uninitialized(pointer(arena.region.base), sized(arena.region.size));
  }
  for (Arena& arena : dram()) {
    arena.dirty.clean([&](std::size_t at, std::size_t bytes) { restore(arena, at, bytes); });
  }
  for (const Region& hole : sec_data_) mark_initialized(pointer(hole.base), sized(hole.size));
}

void Board::restore_everything() {
  for (const Arena& arena : dram()) {
    const Region& region = arena.region;
    if (region.size == 0 || arena.view == nullptr) continue;  // null: the board is missing
    const auto size = static_cast<std::size_t>(region.size);
    if (arena.pristine_is_zero) {
      fallocate(arena.memory, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0,
                static_cast<off_t>(size));
    } else {
      fill_with_garbage(arena.view, size, 0);
      mark_uninitialized(pointer(region.base), size);
    }
  }
}

void Board::restore(const Arena& arena, std::size_t at, std::size_t bytes) {
  if (arena.pristine_is_zero) {
    std::memset(arena.view + at, 0, bytes);
  } else {
    std::memcpy(arena.view + at, garbage_at(at), bytes);
    mark_uninitialized(pointer(arena.region.base + at), bytes);
  }
}

const std::uint8_t* Board::as_found(const Arena& arena, std::size_t at) {
  return arena.pristine_is_zero ? zeros_at(at) : garbage_at(at);
}

bool Board::is_as_found(const Region& range) const {
  const Arena* const arena = arena_of(range.base);
  if (arena == nullptr || is_temporary(*arena) || !arena->region.contains(range.base, range.size)) {
    return false;
  }
  const std::size_t end = sized(range.end() - arena->region.base);
  for (std::size_t at = sized(range.base - arena->region.base); at < end;) {
    const std::size_t bytes = std::min(end - at, kGarbageSize - at % kGarbageSize);
    if (std::memcmp(arena->view + at, as_found(*arena, at), bytes) != 0) return false;
    at += bytes;
  }
  return true;
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
  return !temporary_ram_dead_ || !is_temporary(*arena);
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

std::uint8_t* Board::pointer(std::uint64_t address) {
  return reinterpret_cast<std::uint8_t*>(static_cast<std::uintptr_t>(address));
}

std::uint8_t* Board::at(std::uint64_t address) const {
  const Arena* const arena = arena_of(address);
  return arena->view + (address - arena->region.base);
}

std::uint8_t* Board::shadow(std::uint64_t address) const {
  const Arena* const arena = arena_of(address);
  return arena->shadow + (address - arena->region.base);
}

void Board::note_dirty(const Region& range) {
  if (range.size != 0) note_bytes(pages_touched_by(range));
}

void Board::note_bytes(const Region& range) {
  for (Arena& arena : dram()) {
    const Region part = common(range, arena.region);
    arena.dirty.note(part.base - arena.region.base, part.size);
  }
}

bool Board::is_as_left(const Arena& arena, std::uint64_t at) {
  return arena.dirty.has(at) ||
         std::memcmp(arena.view + at, as_found(arena, sized(at)), kWord) == 0;
}

// In the middle of a page there is no stamp of a PEIM that had it before.
bool Board::are_as_left(const Arena& arena, const Region& pages) {
  const std::uint64_t from = pages.base - arena.region.base;
  const std::uint64_t step = page_down(std::max(pages.size / kPagesSampled, kPage));
  for (std::uint64_t page = 0; page < pages.size; page += step) {
    if (!is_as_left(arena, from + page + kPage / 2)) return false;
  }
  return is_as_left(arena, from) && is_as_left(arena, from + pages.size - kWord);
}

void Board::note_target_writes(const Region& pages) {
  if (pages.size == 0) return;
  for (Arena& arena : dram()) {
    if (!arena.region.contains(pages.base, pages.size)) continue;
    if (!are_as_left(arena, pages)) note_dirty(pages);
  }
}

void Board::note_each_page(const Region& pages) {
  for (std::uint64_t page = pages.base; page < pages.end(); page += kPage) {
    note_target_writes({page, kPage});
  }
}

void Board::note_use_of_free_memory(const Region& gap) {
  const Region pages = between(page_up(gap.base), page_down(gap.end()));
  for (const Arena& arena : dram()) {
    if (!arena.pristine_is_zero) {
      note_each_page(arena.open);
      continue;
    }
    const Region free = common(pages, arena.open);
    const std::uint64_t end = std::min(free.size, kPagesSampled * kPage);
    note_each_page({free.base, end});
    note_each_page({free.end() - end, end});
  }
}

// Large memory comes of a file with holes; small memory is taken as a whole.
void Board::note_written() {
  for (const Arena& arena : dram()) {
    const Region& region = arena.region;
    if (region.size == 0) continue;
    if (!arena.pristine_is_zero) {
      note_dirty(region);
      continue;
    }
    off_t at = 0;
    while ((at = lseek(arena.memory, at, SEEK_DATA)) >= 0) {
      const off_t hole = lseek(arena.memory, at, SEEK_HOLE);
      if (hole <= at) break;
      note_dirty(
          {region.base + static_cast<std::uint64_t>(at), static_cast<std::uint64_t>(hole - at)});
      at = hole;
    }
  }
}

std::vector<std::uint64_t> Board::written_pages() const {
  std::vector<std::uint64_t> pages;
  for (std::size_t i = 0; i < arenas_.size(); ++i) {
    const Region& region = arenas_[i].region;
    if (i >= kDram) {
      for (const std::uint32_t page : arenas_[i].dirty.pages()) {
        pages.push_back(region.base + page * kPage);
      }
    } else if (!temporary_ram_dead_ && region.size != 0) {
      const std::uint64_t first = page_up(region.base);
      for (std::uint64_t at = first; at + kPage <= region.end(); at += kPage) pages.push_back(at);
    }
  }
  return pages;
}

std::vector<Region> Board::written_parts() const {
  std::vector<Region> parts;
  for (std::size_t i = kDram; i < arenas_.size(); ++i) {
    arenas_[i].dirty.each_part([&](std::size_t at, std::size_t bytes) {
      parts.push_back({arenas_[i].region.base + at, bytes});
    });
  }
  return parts;
}

void Board::kill_temporary_ram() {
  if (temporary_ram_dead_) return;
  for (const Arena& arena : temporary()) {
    const auto size = static_cast<std::size_t>(arena.region.size);
    // Poisoned for a target that is instrumented, whose report says more; closed for any.
    poison(pointer(arena.region.base), size);
    set_access(arena.region, PROT_NONE);
  }
  temporary_ram_dead_ = true;
}

void Board::revive_temporary_ram() {
  if (!temporary_ram_dead_) return;
  for (const Arena& arena : temporary()) {
    unpoison(pointer(arena.region.base), sized(arena.region.size));
    set_access(arena.region, PROT_READ | PROT_WRITE);
  }
  temporary_ram_dead_ = false;
}

// Where the memory comes from: the addresses are taken once and for all, memory is put there when
// the board is used, and put there anew in a child process.
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

void Board::give_addresses_back() {
  if (!missing_.empty()) return;
  permit_all();
  revive_temporary_ram();
  for (const Arena& arena : arenas_) {
    if (arena.region.size == 0) continue;
    const Region pages = pages_touched_by(arena.region);
    unpoison(pointer(pages.base), sized(pages.size));
    munmap(pointer(pages.base - kGuard), sized(pages.size) + 2 * sized(kGuard));
    if (!prepared_) continue;
    munmap(arena.view - (arena.region.base - pages.base), sized(pages.size));
    munmap(arena.shadow, sized(arena.region.size));
    close(arena.memory);
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
  arena.open = arena.region;
}

void Board::add_mirror(Arena& arena) const {
  const Region& region = arena.region;
  const std::size_t size = static_cast<std::size_t>(region.size);
  constexpr int kAnywhere = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
  void* const shadow = mmap(nullptr, size, PROT_READ | PROT_WRITE, kAnywhere, -1, 0);
  if (shadow == MAP_FAILED) fail(*profile_, region);
  arena.shadow = static_cast<std::uint8_t*>(shadow);
  arena.dirty.cover(region.size);
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
    board->opens_more_ = true;
    board->restore_everything();
  }
}

// What of the board's memory a target may touch at this moment: whole pages of permanent memory
// that PEI was not given are closed by the processor, in every build; smaller things are
// AddressSanitizer's matter, at its granularity of 8 bytes.
void Board::open_only(const Region& range) {
  if (!opens_more_ && open_ == range) return;
  const Region pages = range.size == 0 ? Region{} : pages_touched_by(range);
  // The memory of every board is whole pages.
  for (Arena& arena : dram()) open_pages(arena, common(pages, arena.region));
  opens_more_ = false;
  open_ = range;
}

void Board::open_all() {
  for (Arena& arena : dram()) open_pages(arena, arena.region);
  opens_more_ = true;
}

void Board::open_also(const Region& range) {
  for (Arena& arena : dram()) {
    if (!arena.region.overlaps(range)) continue;
    open_pages(arena, common(hull(arena.open, pages_touched_by(range)), arena.region));
  }
  opens_more_ = true;
}

// A system call for each piece that changes: together they take a good part of a boot's time.
void Board::open_pages(Arena& arena, const Region& pages) {
  for (const Region& piece : beside(arena.open, pages)) set_access(piece, PROT_NONE);
  for (const Region& piece : beside(pages, arena.open)) set_access(piece, PROT_READ | PROT_WRITE);
  arena.open = pages;
}

bool Board::is_open(const Region& range) const {
  const Arena* const arena = arena_of(range.base);
  return arena != nullptr && arena->open.contains(range.base, range.size);
}

void Board::forbid(const Region& range) {
  if (!kAddressSanitizer || range.size == 0) return;
  poison(pointer(range.base), static_cast<std::size_t>(range.size));
  forbidden_.push_back(range);
}

void Board::permit(const Region& range) {
  if (!kAddressSanitizer || range.size == 0) return;
  unpoison(pointer(range.base), static_cast<std::size_t>(range.size));
}

void Board::permit_all() {
  for (const Region& range : forbidden_) permit(range);
  forbidden_.clear();
}

}  // namespace hobnail::oracle
