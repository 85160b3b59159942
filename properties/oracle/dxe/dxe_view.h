// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// DxeView: what the HOB list of a boot claims of memory, and everything in it that DXE could
// stumble over (docs/pei-semantics.md 4.3, 4.4; I88 to I90).
//
//   resource HOBs   |------- tested system memory -------|   |-- MMIO --|     what there is
//   claims             [stack]  [p0]   [p1]                                   who has it
//
// Every flaw records whose HOB it is about. A target answers for its own HOBs; what PEIMs wrote
// into theirs is the program's doing, and then whoever takes the list over must cope.
//
// Beside list_claims.h this is a second reader, because the questions differ: it is stricter (a
// target has to leave whole pages, disjoint, each claim in one resource), it attributes, and it
// reads HobView, which a boot keeps up to date from call to call. list_claims.h takes any list that
// can be worked with, and reads ReferenceList, which shares no structure with targets. What the
// claims add up to is decided in one place, reference_map.h.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "properties/oracle/checks/heap_invariants.h"
#include "properties/oracle/dxe/reference_map.h"

namespace hobnail::oracle {

struct Flaw {
  RuleId rule{};  // HANDOFF-LIST or HANDOFF-MAP
  std::string text;
  bool by_peim = false;
};

struct DxeView {
  // Those that count: whole pages, in list order, disjoint but for the home of the bins, which may
  // lie in memory that another describes.
  std::vector<MemoryClaim> resources;
  Region bin_home;                  // the last one that is named for bins
  std::vector<MemoryClaim> claims;  // allocations inside one of them, freed ones too, in order
  std::vector<Flaw> flaws;

  // True when DXE can take every HOB at its word.
  [[nodiscard]] bool sound() const { return flaws.empty(); }
  // True when tested system memory holds all of `where`.
  [[nodiscard]] bool tested(const Region& where) const;
  // The resource that holds all of `where`, or nullptr.
  [[nodiscard]] const MemoryClaim* resource_of(const Region& where) const;
  // The first resource of the core's own, not of bins, that `where` overlaps, or nullptr.
  [[nodiscard]] const MemoryClaim* resource_of_core(const Region& where) const;
};

// Reads the list of this moment. `runtime_granularity`: of the target, in bytes.
[[nodiscard]] DxeView dxe_view(const BootState& now, std::uint64_t runtime_granularity);

// The map of tested system memory: other memory is not DXE's to give away, and is left out. Of
// attributes it has EFI_MEMORY_RUNTIME alone.
[[nodiscard]] ReferenceMap dxe_map(const DxeView& view);

// True for a CPU HOB that is as long as one; the first thing that DXE asks for.
[[nodiscard]] bool has_cpu_hob(const HobListSnapshot& snapshot);

}  // namespace hobnail::oracle
