// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A tiny arena, for a search of all that a core could do with a request for pages:
//
//   bottom      top                                   end        above the top each page is in a
//   [list| gap ][freed][live][freed][freed][live] ... |          record, live or freed
//
// It shares nothing with the oracle's own arithmetic but the layout of a range.
#pragma once

#include <cstdint>
#include <vector>

#include "properties/oracle/board/board_profile.h"

namespace pei::oracle::tiny {

struct Record {
  Region where;
  bool free = false;
};

struct State {
  std::uint64_t bottom = 0;  // EfiFreeMemoryBottom
  std::uint64_t top = 0;     // EfiFreeMemoryTop
  std::vector<Record> records;
  std::uint32_t unused = 0;  // retired records, whose place another can take

  [[nodiscard]] std::uint64_t end() const {
    return records.empty() ? top : records.back().where.end();
  }
};

// Some placement, with the records that it takes, leaves a list and a tiling that are in order.
[[nodiscard]] bool possible(const State& state, std::uint64_t bytes, std::uint64_t granule);

// Every one of several reasonable cores finds one: gap first or freed pages first; records merged
// as they are freed, or when nothing else fits; slots of retired records counted exactly, or room
// kept for as many records as may ever be needed.
[[nodiscard]] bool all_manage(const State& state, std::uint64_t bytes, std::uint64_t granule);

}  // namespace pei::oracle::tiny
