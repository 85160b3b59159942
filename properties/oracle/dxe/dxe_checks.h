// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// DxeChecks: the consumer of the HOB list under test in a boot: its first memory and its memory
// map, against the reference map. Its rules have ids of their own: that a target's list is wrong
// and that a consumer reads a right one wrongly are two findings.
#pragma once

#include <vector>

#include "properties/oracle/dxe/dxe_consumer.h"
#include "properties/oracle/dxe/dxe_view.h"
#include "properties/oracle/dxe/reference_map.h"

namespace hobnail::oracle {

// What is compared, and with what.
struct HandOver {
  const BootState& now;
  const DxeView& view;
  const ReferenceMap& map;
};

// True when DXE must find memory to begin with, with the bins that the list asks for: a free run
// above PEI's memory, in its gap, or below its list.
[[nodiscard]] bool has_first_region(const HandOver& over);

// HANDOFF-MAP: a live page that is not in the map as what it is. Of a sound list.
[[nodiscard]] Verdict check_live_pages(const BootState& now, const ReferenceMap& map);

// HANDOFF-MAP: a page of PEI's memory that no tested memory of the list holds. Of a sound list.
[[nodiscard]] Verdict check_memory_of_pei(const BootState& now, const ReferenceMap& map);

// FIRST-REGION: large enough, whole pages of tested memory, clear of the list and of all claims.
[[nodiscard]] Verdict check_first_region(const HandOver& over, const Region& first);

// DXE-MAP. Of a sound list: page by page what the reference map has, and nothing beside it that
// could be used. Of an unsound one: descriptors that are disjoint, and nothing live that is given
// away.
[[nodiscard]] Verdict check_map(const HandOver& over, const std::vector<MapEntry>& entries);

}  // namespace hobnail::oracle
