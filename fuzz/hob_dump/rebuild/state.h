// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// HobState: a real HOB list as the planner wants it: one instant between two services.
//
// Invariant: settled. A dump may show an instant inside FreePages, when a freed range stands at
// EfiFreeMemoryTop and is not yet absorbed; settling finishes that service.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fuzz/hob_dump/rebuild/slots.h"

namespace hobnail {

struct HobState {
  std::string name;                  // the file it comes from
  std::vector<Slot> slots;           // without PHIT and END
  std::vector<bool> pages;           // by slot: AllocatePages and FreePages make it
  std::optional<std::size_t> stack;  // the slot that the migration makes
  std::uint32_t boot_mode = 0;
  pei::oracle::Region memory;  // of the PHIT
  std::uint64_t free_top = 0;
  bool permanent = false;  // the list stands in permanent memory

  // The bytes of the list, PHIT and END included.
  [[nodiscard]] std::uint64_t bytes() const;
};

// Where the permanent memory of the boot lies, as far as the lists tell.
struct PermanentMemory {
  pei::oracle::Region region;
  std::uint64_t free_top = 0;  // pages never lay below it
};

// The state of a list that a walk accepted. `pages` is left for mark_pages.
[[nodiscard]] HobState state_of(const pei::oracle::HobView& view, std::string name);

// Marks the plain allocation HOBs that page services can have made: those in the PHIT's own pages
// and, in a list of temporary RAM, those in permanent memory too.
void mark_pages(HobState& state, const std::optional<PermanentMemory>& permanent);

}  // namespace hobnail
