// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "properties/oracle/dxe/reference_start.h"

#include <algorithm>
#include <array>

#include "properties/oracle/dxe/list_claims.h"

namespace hobnail::oracle {
namespace {

struct Range {
  std::uint64_t base = 0;
  std::uint64_t end = 0;
};

// Of a resource that does not wrap.
Range range_of(const ReferenceList& list, const ReferenceHob& hob) {
  const std::uint64_t base = list.number(hob.offset + 32, 8);
  return {base, base + list.number(hob.offset + 40, 8)};
}

}  // namespace

std::optional<ReferenceStart> reference_start(const ReferenceList& list, const ReferenceMap& map,
                                              std::uint64_t granularity, ListError& error) {
  const std::uint64_t needed = kFirstMemory + bin_bytes(list, granularity);
  const Region hobs{list.base(), list.free_bottom() - list.base()};
  const auto holds_gap = [&](const ReferenceHob& hob) {
    if (!is_usable_memory(list, hob)) return false;
    const Range range = range_of(list, hob);
    return range.base <= list.free_bottom() && range.end >= list.free_top();
  };
  const auto home = std::find_if(list.hobs().begin(), list.hobs().end(), holds_gap);
  if (home == list.hobs().end()) {
    error = {40, "PEI's free memory is not in tested memory"};
    return std::nullopt;
  }
  const Range around = range_of(list, *home);
  const std::array<Range, 3> places{Range{list.top(), around.end},
                                    Range{list.free_bottom(), list.free_top()},
                                    Range{around.base, list.base()}};
  for (const Range& place : places) {
    const std::uint64_t bytes = map.longest_free(place.base, place.end, hobs);
    if (bytes >= needed) return ReferenceStart{place.base, place.end, bytes};
  }
  std::optional<ReferenceStart> highest;
  for (const ReferenceHob& hob : list.hobs()) {
    if (!is_usable_memory(list, hob) || hob.offset == home->offset) continue;
    const Range range = range_of(list, hob);
    const std::uint64_t bytes = map.longest_free(range.base, range.end, hobs);
    if (bytes < needed || (highest && range.base <= highest->from)) continue;
    highest = ReferenceStart{range.base, range.end, bytes};
  }
  if (!highest) error = {home->offset, "no free memory is large enough for the start of DXE"};
  return highest;
}

}  // namespace hobnail::oracle
