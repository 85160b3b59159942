// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Invariants of the heap: what holds between any two calls. They are read from the raw HOB list and
// the model, and use no code of any core.
//
//   EfiMemoryBottom                                                              EfiMemoryTop
//        [PHIT][HOB]...[END] EfiFreeMemoryBottom   gap   EfiFreeMemoryTop [pages tile this]
#pragma once

#include <cstddef>
#include <vector>

#include "properties/oracle/model/boot_state.h"

namespace hobnail::oracle {

// Results of check_list() that stay valid while the list only grows. clear() after a list was read
// as a whole.
struct CheckedList {
  std::size_t hobs = 0;  // whose headers are checked
  std::size_t own = 0;   // records of pages that are in `by_address`
  std::vector<OwnHob> by_address;
  std::size_t records = 0;  // records of pages that lie where they may, clear of `room`
  std::size_t pieces = 0;   // of live allocations, that have a record
  std::size_t freed = 0;    // releases before the last look
  Region room;              // the list and the gap
  Region bins;
  Phase phase{};

  void clear();
};

// HOB-CHAIN, PHIT-FIELDS, HEAP-BOUNDS, HOB-OVERLAP, ALLOCATION-HOB, CONSERVATION: needed again only
// when the list has changed.
[[nodiscard]] Verdict check_list(const BootState& now, CheckedList& checked);

// True when all of `where` is memory that PEI may hand out pages of in this phase: the heap, in the
// window the installed memory too, and after the migration that alone.
[[nodiscard]] bool in_managed_memory(const BootState& now, const Region& where);

// The part of SEC's stack that belongs to the frames of PEIMs: all but the top quarter, where the
// PEI core itself lives.
[[nodiscard]] Region peim_frames(const BoardProfile& profile);

}  // namespace hobnail::oracle
