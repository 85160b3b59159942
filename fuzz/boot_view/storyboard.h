// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Storyboard: one boot as it can be drawn: for each op who has what of the memory, and the HOB
// list.
//
//   Storyboard --> Step (reset, op 0, op 1, ...) --> Piece [base, end) kind, name, per region
//                                                --> HobLine address, type, length
//
// Invariant: the pieces of a step are disjoint, in ascending order, and together are all of
// `Storyboard::regions`. So any two steps can be laid one upon the other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "properties/oracle/board/board_profile.h"
#include "properties/oracle/rules/finding.h"

namespace hobnail {

// Numbers are those of kind_name()'s table.
enum class PieceKind : std::uint8_t {
  Outside,    // memory that PEI was not given
  Unclaimed,  // PEI's, and nothing says what it is
  HobList,    // PHIT to END: HOBs and pools
  Gap,        // EfiFreeMemoryBottom to EfiFreeMemoryTop
  Pages,      // an AllocatePages of the program's
  Claimed,    // by a HOB that the core made for itself, or a PEIM's
  Freed,      // pages given back
  Stack,
  SecData,   // what SEC has in the holes of temporary RAM
  Bin,       // free, and set apart for some types
  Gone,      // temporary RAM after the migration
  Answered,  // what the last call gave, which is not in the allocation table
  Clash,     // two have it
  Free,      // EfiConventionalMemory of the hand-off's map
  ToOs,      // the operating system's
  ToOsLater  // and this too, when it has read the ACPI tables
};

[[nodiscard]] std::string_view kind_name(PieceKind kind);  // "gap", "freed pages"

struct Piece {
  oracle::Region where;
  PieceKind kind = PieceKind::Outside;
  std::string name;  // as short as can be: p0, stack; may be empty
  std::string what;  // EfiBootServicesData; who clashes

  friend bool operator==(const Piece&, const Piece&) = default;
};

struct HobLine {
  std::uint64_t address = 0;
  std::uint16_t type = 0;
  std::uint16_t length = 0;  // bytes
  // The program's name for what it describes, p0, b0 or h0; freed, stack; may be empty.
  std::string name;
  std::string says;  // in words

  friend bool operator==(const HobLine&, const HobLine&) = default;
};

// In list order; the steps share what has not changed. Never nullptr.
using HobLines = std::vector<std::shared_ptr<const HobLine>>;

// What stood after an op.
struct Step {
  static constexpr std::size_t kReset = SIZE_MAX;  // the step before the first op

  std::size_t op = kReset;         // index in the program; as many as it has ops: the end checks
  std::string title;               // as the program has it: p1 = AllocatePages BootServicesData 1
  std::string call;                // AllocatePages (EfiBootServicesData, 0x1)
  std::string outcome;             // EFI_SUCCESS -> 0x10007000
  std::vector<std::string> story;  // what it did, a line each
  std::string stage;               // whose machine it is: "PEI in temporary RAM", "DXE"
  std::vector<Piece> pieces;
  HobLines hobs;            // from the PHIT on, as far as the list can be read
  std::string broken_list;  // why it cannot be read to its END; empty when it can
  bool found = false;       // something was not true here, and the boot ended
  bool died = false;        // the target ended the process: all else is as it was before
};

struct StoryRegion {
  oracle::Region where;
  std::string name;  // temporary RAM, dram0
};

// A repeated group of the program: `rounds` times the same ops, in [first, last).
struct RepeatedOps {
  std::size_t first = 0, last = 0;
  std::size_t rounds = 0;

  // Drawn by every view: the first rounds and the last one.
  static constexpr std::size_t kRoundsDrawn = 2;
  [[nodiscard]] std::size_t length() const { return (last - first) / rounds; }
  [[nodiscard]] std::size_t round_of(std::size_t op) const { return (op - first) / length(); }
  [[nodiscard]] bool folds(std::size_t op) const {
    return op >= first + kRoundsDrawn * length() && op < last && op + length() < last;
  }
};

struct Storyboard {
  std::string title;  // the file, or what stands for it
  std::string board;
  std::string board_title;
  std::string target;
  std::string program;               // its text
  std::string skipped;               // why it was not played; then there are no steps
  std::vector<StoryRegion> regions;  // disjoint; temporary RAM first
  std::vector<Step> steps;
  std::vector<RepeatedOps> repeats;  // in their order
  std::optional<oracle::Finding> finding;
  std::size_t finding_step = SIZE_MAX;        // in `steps`
  std::vector<oracle::Region> finding_about;  // memory that the evidence names
};

}  // namespace hobnail
