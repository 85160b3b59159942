// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// DxeView: what a HOB list tells DXE of memory, and everything in it that DXE could stumble over
// (docs/pei-semantics.md 4.3, 4.4; I88 to I90).
//
//   resource HOBs   |------- tested system memory -------|   |-- MMIO --|     what there is
//   claims             [stack]  [p0]   [p1]                                   who has it
//
// Every flaw knows whose HOB it is about. A target answers for its own HOBs; what PEIMs wrote into
// theirs is the program's doing, and then whoever takes the list over must cope.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "properties/oracle/checks/heap_invariants.h"

namespace hobnail::oracle {

// A resource descriptor HOB of the memory space.
struct Resource {
  Region where;
  bool tested = false;  // system memory that is present, initialized and tested: DXE may use it
  bool by_peim = false;
};

// A memory allocation HOB, of 48 bytes or of 72.
struct Claim {
  Region where;
  std::uint32_t type = 0;
  bool by_peim = false;
  bool stack = false;  // named by the stack GUID
};

struct Flaw {
  RuleId rule{};  // HANDOFF-LIST or HANDOFF-MAP
  std::string text;
  bool by_peim = false;
};

struct DxeView {
  std::vector<Resource> resources;  // those that count: whole pages, disjoint, in list order
  std::vector<Claim> claims;        // those inside one of them, in list order
  std::vector<Flaw> flaws;

  // True when DXE can take every HOB at its word.
  [[nodiscard]] bool sound() const { return flaws.empty(); }
  // The first flaw that the target answers for, or nullptr.
  [[nodiscard]] const Flaw* of_target() const;
  // True when tested system memory holds all of `where`.
  [[nodiscard]] bool tested(const Region& where) const;
  // The resource that holds all of `where`, or nullptr.
  [[nodiscard]] const Resource* resource_of(const Region& where) const;
};

// Reads the list of this moment. `runtime_granularity`: of the target, in bytes.
[[nodiscard]] DxeView dxe_view(const BootState& now, std::uint64_t runtime_granularity);

// True for a CPU HOB that is as long as one; the first thing that DXE asks for.
[[nodiscard]] bool has_cpu_hob(const HobListSnapshot& snapshot);

}  // namespace hobnail::oracle
