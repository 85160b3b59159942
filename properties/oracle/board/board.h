// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Board: the memory that a boot finds, at fixed addresses of this process, and its state before the
// boot. Owns the mappings, the guards around them, the garbage in them and the death of temporary
// RAM.
//
//   guard | temporary RAM: heap, stack | guard        guard | permanent memory | guard
//     ^ PROT_NONE: an access ends the process at the instruction; what of the first and last page
//       does not belong to temporary RAM is poisoned, where there is AddressSanitizer
//
// The harness does not look at an arena through the addresses that a target has: those may be
// poisoned or closed, for the target to be caught when it touches what is not its own. The same
// memory is mapped a second time for the harness, the view. And there is a shadow: what the bytes
// that a PEIM owns ought to be.
//
//   target's addresses  [....poisoned....|....closed....]    one memory, two mappings
//   view                [...............................]
//   shadow              [####....####...................]    what ought to be there
//
// Invariant: reset() restores the same bytes after any boot; a page that is open stays so, and one
// that is closed, without a system call. Temporary RAM is filled anew;
// permanent memory is restored where note_dirty() or note_bytes() recorded a write.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "properties/oracle/board/board_profile.h"
#include "properties/oracle/board/dirty_pages.h"
#include "properties/oracle/pi.h"

namespace hobnail::oracle {

class Board {
 public:
  // The board of a profile. All boards are mapped at first use and kept. Unknown numbers mean
  // profile 0. Ends the process with a message when the addresses are taken: no verdict would mean
  // anything.
  static Board& of(std::uint8_t number);

  // In a child of the process that has used boards: their memory is shared with it until this. of()
  // does it by itself in a child that came of fork().
  static void part_from_parent();
  // In a child of its own: all boards lie `bytes` higher from now on, a multiple of 64 KiB.
  static void shift_all(std::uint64_t bytes);

  Board(const Board&) = delete;
  Board& operator=(const Board&) = delete;

  [[nodiscard]] const BoardProfile& profile() const { return *profile_; }
  [[nodiscard]] bool is_temporary(std::uint64_t address) const {
    return profile_->is_temporary(address);
  }
  [[nodiscard]] const EFI_SEC_PEI_HAND_OFF& hand_off() const { return hand_off_; }
  // SEC's data: the holes of the profile that are not empty, lowest first.
  [[nodiscard]] const std::vector<Region>& sec_data() const { return sec_data_; }

  // Power-on. `garbage`: 1 gives zeros, 2 gives ones, any other value its own pseudo-random bytes.
  void reset(std::uint8_t garbage);
  // Why this process has no such board, in words; empty when it has.
  [[nodiscard]] const std::string& missing() const { return missing_; }

  // Restores all of permanent memory: after a boot that wrote to unknown places.
  void restore_everything();

  // True when [address, address + bytes) is memory of this board that may be read now.
  [[nodiscard]] bool readable(std::uint64_t address, std::uint64_t bytes) const;
  // The region that holds `address`, or an empty one.
  [[nodiscard]] Region region_of(std::uint64_t address) const;
  // True when the range touches any memory of this board.
  [[nodiscard]] bool intersects(const Region& range) const;

  // The bytes at an address of this board, as the harness may read and write them at any time; and
  // what they ought to be.
  [[nodiscard]] std::uint8_t* at(std::uint64_t address) const;
  [[nodiscard]] std::uint8_t* shadow(std::uint64_t address) const;
  // The address as a pointer: how a target sees it.
  [[nodiscard]] static std::uint8_t* pointer(std::uint64_t address);

  // Of permanent memory only the pages of `range` are there for the target; an access to others
  // ends the process, as an access to no memory does. Everything is open at first.
  void open_only(const Region& range);
  void open_all();
  // Opens `range` too, with what lies between it and open memory.
  void open_also(const Region& range);
  [[nodiscard]] bool is_open(const Region& range) const;
  // True when more is open than open_only() has named.
  [[nodiscard]] bool opens_more() const { return opens_more_; }
  // With AddressSanitizer: an access by the target is a report until this is taken back. `range`
  // begins 8-aligned and ends anywhere.
  void forbid(const Region& range);
  void permit(const Region& range);
  void permit_all();

  // True when the bytes of permanent memory at `range` are those that a boot finds there.
  [[nodiscard]] bool is_as_found(const Region& range) const;

  // The target may have written to these pages: reset() restores them whole.
  void note_dirty(const Region& range);
  // A call has given out these pages or taken them back, and the target may have written to them:
  // zeros, a fill, the link of a list. When a word of them that was not recorded differs from what
  // a boot finds, all of them are.
  void note_target_writes(const Region& pages);
  // The same at the end of a boot, for memory that no call names: each page that is open, of large
  // memory 16 pages at either end of `gap`, the free memory between list and pages.
  void note_use_of_free_memory(const Region& gap);
  // The harness has written these bytes, and no others.
  void note_bytes(const Region& range);
  // A writer to permanent memory is not recorded: every page that may differ from reset.
  void note_written();
  // The pages of living memory that may differ from reset: their addresses, in no order. Permanent
  // memory: pages with a recorded write. Temporary RAM: all whole pages.
  [[nodiscard]] std::vector<std::uint64_t> written_pages() const;
  // What reset() would restore of permanent memory.
  [[nodiscard]] std::vector<Region> written_parts() const;

  // After the migration: garbage, then gone, SEC's stack too wherever it lies. An access is an ASan
  // report or a segmentation fault. No effect when it is dead already.
  void kill_temporary_ram();
  [[nodiscard]] bool temporary_ram_is_dead() const { return temporary_ram_dead_; }

 private:
  struct Arena {
    Region region;
    int memory = -1;               // the file that both mappings are of
    std::uint8_t* view = nullptr;  // of `region`
    std::uint8_t* shadow = nullptr;
    DirtyPages dirty;
    bool pristine_is_zero = false;  // large memory is left untouched, not filled
    Region open;                    // of permanent memory: the pages the target may touch
  };

  using Boards = std::vector<std::unique_ptr<Board>>;
  [[nodiscard]] static Boards& all();
  [[nodiscard]] static Boards map_all();

  static void notice_forks();
  [[nodiscard]] static bool shared_with_parent();

  explicit Board(const BoardProfile& profile);
  static void open_pages(Arena& arena, const Region& pages);
  void take_memory(Arena& arena) const;
  [[nodiscard]] bool reserve(const Region& region) const;
  void take_addresses();
  void give_addresses_back();
  void prepare();
  void add_view(Arena& arena) const;
  void add_mirror(Arena& arena) const;
  [[nodiscard]] static const std::uint8_t* as_found(const Arena& arena, std::size_t at);
  [[nodiscard]] static bool is_as_left(const Arena& arena, std::uint64_t at);
  [[nodiscard]] static bool are_as_left(const Arena& arena, const Region& pages);
  void note_each_page(const Region& pages);
  static void restore(const Arena& arena, std::size_t at, std::size_t bytes);
  void revive_temporary_ram();
  [[nodiscard]] const Arena* arena_of(std::uint64_t address) const;
  [[nodiscard]] bool is_temporary(const Arena& arena) const { return &arena < &arenas_[kDram]; }
  [[nodiscard]] std::span<Arena> temporary() { return std::span(arenas_).first(kDram); }
  [[nodiscard]] std::span<Arena> dram() { return std::span(arenas_).subspan(kDram); }

  static constexpr std::size_t kDram = 2;  // where permanent memory begins in arenas_

  const BoardProfile* profile_;
  std::array<Arena, 4> arenas_;  // temporary RAM, a stack apart from it, permanent memory
  std::vector<Region> sec_data_;
  std::string missing_;
  EFI_SEC_PEI_HAND_OFF hand_off_{};
  bool opens_more_ = true;
  Region open_;                    // of permanent memory, and nothing else unless opens_more_
  std::vector<Region> forbidden_;  // since the last reset
  bool temporary_ram_dead_ = false;
  bool prepared_ = false;
};

}  // namespace hobnail::oracle
