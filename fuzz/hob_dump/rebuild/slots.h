// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Slots: what a sequence of PEI services makes of a HOB list, slot by slot, as EDK II's algorithm
// does it (docs/pei-semantics.md 2.4, 2.5, 3.5). A simulation for the planner: every call
// both changes the slots and writes down the Op that would do it on a target.
//
//   [PHIT][slot 0][slot 1] ... [END]     a 48-byte UNUSED slot is recycled before one is appended
//
// Addresses are those of the real boot, so that ranges can be compared with the real list; ops name
// memory by handle, so that the program runs on any board.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "properties/oracle/board/board_profile.h"
#include "properties/oracle/hob_list/hob_view.h"
#include "properties/oracle/pi.h"
#include "properties/oracle/program/program.h"

namespace hobnail {

inline constexpr std::uint64_t kPageBytes = 0x1000;
inline constexpr std::uint32_t kConventionalMemory = 7;
inline constexpr std::uint64_t kMigratedStackBytes = 0x20000;

// Who made a slot, and so: what can still be done to it.
enum class Maker : std::uint8_t { Pages, Pool, Hob, Core };

struct Slot {
  std::uint16_t type = 0;
  std::uint16_t length = 0;        // bytes, header included
  std::vector<std::uint8_t> body;  // what follows the header
  Maker maker = Maker::Hob;
  std::uint16_t handle = 0;  // b<n> of a pool, h<n> of a HOB
};

// The memory allocation that the body of a slot describes.
struct SlotMemory {
  pei::EFI_GUID name{};
  oracle::Region range;
  std::uint32_t type = 0;
};

// Nothing when the slot is too short for one. An UNUSED slot still tells what it was.
[[nodiscard]] std::optional<SlotMemory> memory_of(const Slot& slot);

// A slot as it stands in a real list.
[[nodiscard]] Slot slot_of(const oracle::HobView& view, std::size_t index);

class Slots {
 public:
  // Pages come from below `top` until the migration.
  explicit Slots(std::uint64_t top) : memory_top_(top), top_(top) {}

  // InstallPeiMemory; `memory` in addresses of the real boot.
  void install(const oracle::Region& memory, const oracle::Op& op);
  // ReturnToDispatcher after install: the core's stack HOB, pages moved below those of the window.
  void migrate();

  // The base of the allocation; nothing when the pages are not there.
  std::optional<std::uint64_t> allocate_pages(std::uint32_t type, std::uint64_t bytes);
  // False when no AllocatePages gave that range, or gave it and it is free.
  bool free_pages(const oracle::Region& range);
  void allocate_pool(const Slot& as);
  void create_hob(const Slot& as);
  // The PEIM changes the body of a slot into `body`, which is as long. Only for Pool and Hob.
  void write(std::size_t index, std::span<const std::uint8_t> body);
  void set_boot_mode(std::uint32_t mode);

  [[nodiscard]] const std::vector<Slot>& slots() const { return slots_; }
  [[nodiscard]] const std::vector<oracle::Op>& ops() const { return ops_; }
  // Where the next page allocation ends: one past its last byte.
  [[nodiscard]] std::uint64_t top() const {
    return (installed_ && !migrated_ ? window_top_ : top_) & ~(kPageBytes - 1);
  }
  [[nodiscard]] bool installed() const { return installed_; }
  [[nodiscard]] bool migrated() const { return migrated_; }
  [[nodiscard]] std::uint32_t boot_mode() const { return boot_mode_; }
  // Where the next 48-byte allocation HOB goes.
  [[nodiscard]] std::size_t next_slot() const;
  // The longest that the list was in temporary RAM, PHIT and END included.
  [[nodiscard]] std::uint64_t temporary_bytes() const { return temporary_bytes_; }

 private:
  struct PageAllocation {
    std::uint64_t base;
    std::uint64_t bytes;
    bool temporary;  // in temporary RAM when it was made: the migration moves it
  };

  void append(Slot slot);
  void build_memory_hob(const oracle::Region& range, std::uint32_t type);
  void absorb();
  [[nodiscard]] std::optional<std::size_t> find_allocated(const oracle::Region& range) const;
  [[nodiscard]] std::optional<std::size_t> find_handle(std::uint64_t address) const;

  std::vector<Slot> slots_;
  std::vector<oracle::Op> ops_;
  std::vector<PageAllocation> pages_;  // by handle
  std::uint64_t memory_top_;
  std::uint64_t top_;
  std::uint64_t window_top_ = 0;
  oracle::Region memory_;  // installed
  bool installed_ = false;
  bool migrated_ = false;
  std::uint32_t boot_mode_ = 0;
  std::uint16_t pools_ = 0;
  std::uint16_t hobs_ = 0;
  std::uint64_t bytes_ = sizeof(pei::EFI_HOB_HANDOFF_INFO_TABLE) + 8;
  std::uint64_t temporary_bytes_ = bytes_;
};

}  // namespace hobnail
