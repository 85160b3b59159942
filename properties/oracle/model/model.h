// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Model: the allocation table of a boot, not a second allocator: it records the target's answers,
// and holds live and freed memory and the phase of the boot.
// It never predicts an address.
//
//   Temporary --InstallPeiMemory succeeds--> Window --ReturnToDispatcher--> Permanent
//                                            a start in permanent memory -----^
//                                                     Permanent --HandOff, ExitBootServices--> Os
//
// Invariant: live allocations are disjoint, inside the board's memory, and hold no address of
// temporary RAM after the migration.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "properties/oracle/board/board.h"
#include "properties/oracle/board/shadow_contents.h"
#include "properties/oracle/model/bin_layout.h"
#include "properties/oracle/program/program.h"

namespace hobnail::oracle {

enum class Phase : std::uint8_t { Temporary, Window, Permanent };

// Who runs the machine. Each hands it to the next and never gets it back; S3 is the path on which
// PEI goes to the operating system without DXE. Halted: no successor could start.
enum class Stage : std::uint8_t { Pei, Dxe, S3Resume, Os, Halted };

[[nodiscard]] std::string_view phase_name(Phase phase);

// Something that a PEIM owns: pages, a pool buffer, or the body of a HOB that it created. Pages
// that were freed in part stand as one piece for each end.
struct Allocation {
  Result kind = Result::None;
  std::uint32_t handle = 0;  // the program's n-th op of that kind
  Region where;              // what the PEIM asked for; of pages, rounded to the type's granularity
  std::uint32_t type = 0;    // memory type of pages, HOB type of a HOB
  DefinedRanges known;
};

// Where a handle pointed when it was created (moved with the migration); size 0 when the call
// failed.
using Handles = std::vector<Region>;

struct Model {
  Stage stage = Stage::Pei;
  Phase phase = Phase::Temporary;  // of PEI
  Region installed;  // what InstallPeiMemory accepted; the heap, if PEI started in permanent memory
  bool migrated = false;       // until then SEC's stack is the stack; it may be for ever
  std::uint64_t sec_data = 0;  // where the copy of what lies in the holes begins, once migrated
  EFI_BOOT_MODE boot_mode = 0;
  std::uint64_t granule = 0x1000;  // bytes: of memory that stays with the OS, as the target has it
  BinLayout bins;                  // of the migration
  std::vector<Allocation> live;    // oldest first
  std::vector<Region> freed;       // page ranges given back, oldest first
  std::size_t freed_before = 0;    // of them, before the migration
  std::array<Handles, 4> handles;  // by Result
  std::vector<std::uint32_t> peim_hobs;  // offsets from the PHIT of HOBs of a PEIM's, or SEC's
  std::uint64_t next_pattern = 0;

  [[nodiscard]] Handles& handles_of(Result kind) { return handles[static_cast<std::size_t>(kind)]; }
  [[nodiscard]] const Handles& handles_of(Result kind) const {
    return handles[static_cast<std::size_t>(kind)];
  }
  [[nodiscard]] bool made_by_peim(std::uint32_t offset) const;

  // The live allocation that holds `address`, or nullptr.
  [[nodiscard]] Allocation* owner(std::uint64_t address);
  [[nodiscard]] const Allocation* owner(std::uint64_t address) const;
  // The n-th newest live allocation of a kind, n modulo how many there are; nullptr without any.
  [[nodiscard]] const Allocation* newest(Result kind, std::uint64_t n) const;
  // A live allocation that shares a byte with `range`, or nullptr.
  [[nodiscard]] const Allocation* overlapping(const Region& range) const;
  // True when every byte of `range` belongs to live pages.
  [[nodiscard]] bool all_live_pages(const Region& range) const;

  // Takes the range out of the live pages: pieces that remain keep handle, type and contents.
  void release_pages(const Region& range);

 private:
  std::size_t cut(std::size_t i, const Region& range);
};

// Model::made_by_peim() for ascending offsets, in linear time.
class PeimHobs {
 public:
  PeimHobs(const Model& model, std::uint32_t first)
      : next_(std::lower_bound(model.peim_hobs.begin(), model.peim_hobs.end(), first)),
        end_(model.peim_hobs.end()) {}

  [[nodiscard]] bool contains(std::uint32_t offset) {
    while (next_ != end_ && *next_ < offset) ++next_;
    return next_ != end_ && *next_ == offset;
  }

 private:
  std::vector<std::uint32_t>::const_iterator next_, end_;
};

}  // namespace hobnail::oracle
