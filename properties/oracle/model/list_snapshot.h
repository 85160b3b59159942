// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// HobListSnapshot: one look at the HOB list of a target, copied so that the next look can be
// compared with it.
//
//   look before    PHIT | HOB | HOB | END
//   this one       PHIT'| HOB | HOB | HOB | HOB | END      extends_previous: only what is new was
//                                                          copied, decoded and checked
//
// Invariant: when `extends_previous`, the bytes between the PHIT and END of the look before, its
// HOBs and its own records are the first ones of this look.
#pragma once

#include <cstdint>
#include <vector>

#include "properties/oracle/board/board.h"
#include "properties/oracle/hob_list/hob_view.h"
#include "properties/oracle/model/model.h"
#include "properties/oracle/rules/rules.h"

namespace hobnail::oracle {

// A memory allocation HOB that the target made itself (not a PEIM through CreateHob).
struct OwnHob {
  Region where;
  std::uint32_t type = 0;
  std::uint32_t index = 0;  // in the list
  bool stack = false;       // named by the stack GUID

  [[nodiscard]] bool free() const { return type == EfiConventionalMemory; }
};

struct HobListSnapshot {
  HobListSnapshot() = default;
  // A copy would leave `view` looking at the bytes of the original; moves and swaps do not.
  HobListSnapshot(const HobListSnapshot&) = delete;
  HobListSnapshot& operator=(const HobListSnapshot&) = delete;
  HobListSnapshot(HobListSnapshot&&) = default;
  HobListSnapshot& operator=(HobListSnapshot&&) = default;
  void copy_from(const HobListSnapshot& other);
  // Copies `next`, the look after this one. Where that extends this one, copies what is new.
  void extend_to(const HobListSnapshot& next);

  std::uint64_t base = 0;           // address of the PHIT
  std::vector<std::uint8_t> bytes;  // PHIT to END HOB
  HobView view;                     // of `bytes`
  EFI_HOB_HANDOFF_INFO_TABLE phit{};
  std::vector<OwnHob> own;         // in list order
  std::uint32_t unused_slots = 0;  // UNUSED HOBs of 48 bytes: room for an allocation each
  Region bins;      // memory set apart for some types, as a resource HOB says after the migration
  Region bin_home;  // the same as it is named: a part of it may lie where no memory is
  bool bins_by_core = false;      // the target made that HOB, not a PEIM
  std::uint32_t bin_homes = 0;    // resource HOBs of PEIMs that name memory for bins
  bool extends_previous = false;  // it is the look before with a new PHIT and more HOBs

  [[nodiscard]] std::uint64_t list_end() const { return base + bytes.size(); }
  [[nodiscard]] Region list() const { return {base, bytes.size()}; }
  // What is free between the HOB list and the pages, as the PHIT has it; 0 when it is inconsistent.
  [[nodiscard]] std::uint64_t gap() const;
};

// Looks at the list at `base`. A violation of HOB-CHAIN or HOB-LIST-POINTER when there is no list
// that can be read to its END; then what check_records() says.
[[nodiscard]] Verdict take_snapshot(const RuleSet& rules, const Board& board, const Model& model,
                                    std::uint64_t base, HobListSnapshot& snapshot);

// As take_snapshot(), where nothing between the PHIT and the END HOB of `before` has changed: only
// what was appended is read, and what was judged need not be judged again. False, and nothing done,
// where that is not so. `snapshot` is the look before `before`, or empty.
[[nodiscard]] bool extend_snapshot(const RuleSet& rules, const Board& board, const Model& model,
                                   const HobListSnapshot& before, HobListSnapshot& snapshot,
                                   Verdict& verdict);

// Takes what a PEIM has written into its own HOB into the look. `part` lies in that HOB.
void copy_peim_write(const Board& board, const Model& model, const Region& part,
                     HobListSnapshot& snapshot);

// True when the list still has exactly the bytes of `snapshot`.
[[nodiscard]] bool unchanged(const Board& board, const HobListSnapshot& snapshot);

}  // namespace hobnail::oracle
