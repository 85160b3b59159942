// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The consumer of the HOB list under test: its first memory and its memory map, against the
// oracle's own. Its rules have ids of their own: that a target's list is wrong and that a consumer
// reads a right one wrongly are two findings.
#pragma once

#include <vector>

#include "properties/oracle/dxe/dxe_consumer.h"
#include "properties/oracle/dxe/dxe_map.h"
#include "properties/oracle/dxe/dxe_view.h"

namespace hobnail::oracle {

// DXE needs this much to begin (MINIMUM_INITIAL_MEMORY_SIZE, docs/pei-semantics.md 4.2).
inline constexpr std::uint64_t kFirstMemory = 0x10000;

// What is compared, and with what.
struct HandOver {
  const BootState& now;
  const DxeView& view;
  const DxeMap& map;
};

// True when DXE must find memory to begin with: a free run above PEI's memory, in its gap, or below
// its list. False where bins make it ask for more.
[[nodiscard]] bool has_first_region(const HandOver& over);

// FIRST-REGION: large enough, whole pages of tested memory, clear of the list and of all claims.
[[nodiscard]] Verdict judge_first_region(const HandOver& over, const Region& first);

// DXE-MAP. Of a sound list: page by page what the oracle's map has, and nothing beside it that
// could be used. Of an unsound one: descriptors that are disjoint, and nothing live that is given
// away.
[[nodiscard]] Verdict judge_map(const HandOver& over, const std::vector<MapEntry>& entries);

}  // namespace hobnail::oracle
