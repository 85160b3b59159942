// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Bins, and the memory that DXE starts in.
#include <algorithm>
#include <array>
#include <set>

#include "properties/oracle/dxe/reference_map.h"

namespace hobnail::oracle {
namespace {

// 4c19049f-4137-4dd3-9c10-8b97a83ffdfa, as it lies in memory.
constexpr std::array<std::uint8_t, 16> kMemoryTypeInformation{
    0x9f, 0x04, 0x19, 0x4c, 0x37, 0x41, 0xd3, 0x4d, 0x9c, 0x10, 0x8b, 0x97, 0xa8, 0x3f, 0xfd, 0xfa};
constexpr std::uint64_t kLeast = 0x10000;

struct Range {
  std::uint64_t base = 0;
  std::uint64_t end = 0;
};

// Of a resource that does not wrap.
Range range_of(const PlainList& list, const PlainHob& hob) {
  const std::uint64_t base = list.number(hob.offset + 32, 8);
  return {base, base + list.number(hob.offset + 40, 8)};
}

// Bytes of whole pages between two addresses.
std::uint64_t whole_pages(std::uint64_t from, std::uint64_t to) {
  const std::uint64_t first = from / 0x1000 + (from % 0x1000 != 0 ? 1 : 0);
  const std::uint64_t past = to / 0x1000;
  return first < past ? (past - first) * 0x1000 : 0;
}

// The longest free stretch between two addresses that spares the list.
std::uint64_t longest_free(const PlainList& list, const PlainMap& map, std::uint64_t from,
                           std::uint64_t to) {
  std::uint64_t longest = 0;
  for (const MapEntry& entry : map.entries()) {
    if (entry.type != 7) continue;
    const std::uint64_t base = std::max(from, entry.base);
    const std::uint64_t end = std::min(to, entry.base + entry.pages * 0x1000);
    longest = std::max({longest, whole_pages(base, std::min(end, list.base())),
                        whole_pages(std::max(base, list.free_bottom()), end)});
  }
  return longest;
}

}  // namespace

bool is_for_bins(const PlainList& list, const PlainHob& hob) {
  return list.is_guid(hob.offset + 8, kMemoryTypeInformation);
}

bool is_tested(const PlainList& list, const PlainHob& hob) {
  return list.number(hob.offset + 24, 4) == 0 && (list.number(hob.offset + 28, 4) & 0x800007) == 7;
}

bool is_plain_memory(const PlainList& list, const PlainHob& hob) {
  if (hob.type != 3 || !is_tested(list, hob) || is_for_bins(list, hob)) return false;
  return list.number(hob.offset + 40, 8) <= ~list.number(hob.offset + 32, 8);  // does not wrap
}

std::vector<PlainBin> plain_bins(const PlainList& list, std::uint64_t granularity) {
  for (const PlainHob& hob : list.hobs()) {
    if (hob.type != 4 || !is_for_bins(list, hob)) continue;
    std::vector<PlainBin> bins;
    std::set<std::uint64_t> seen;
    for (std::size_t i = 0; i < 17 && 24 + 8 * (i + 1) <= hob.length; ++i) {
      const std::uint64_t type = list.number(hob.offset + 24 + 8 * i, 4);
      if (type == 16) return bins;
      if (type > 16 || !seen.insert(type).second) return {};
      const std::uint64_t bytes = list.number(hob.offset + 28 + 8 * i, 4) * 0x1000;
      const std::uint64_t granules = bytes / granularity + (bytes % granularity != 0 ? 1 : 0);
      const bool has_bin = type <= 10 && type != 7 && type != 8;
      bins.push_back({static_cast<std::uint32_t>(type), has_bin ? granules * granularity : 0});
    }
    return {};  // no entry ends it
  }
  return {};
}

// Above PEI's memory, in its gap, below its list; then elsewhere, from the highest resource down.
std::optional<PlainStart> plain_start(const PlainList& list, const PlainMap& map,
                                      Objection& objection) {
  const std::uint64_t needed = kLeast + map.bin_bytes();
  const auto holds_gap = [&](const PlainHob& hob) {
    if (!is_plain_memory(list, hob)) return false;
    const Range range = range_of(list, hob);
    return range.base <= list.free_bottom() && range.end >= list.free_top();
  };
  const auto home = std::find_if(list.hobs().begin(), list.hobs().end(), holds_gap);
  if (home == list.hobs().end()) {
    objection = {40, "PEI's free memory is not in tested memory"};
    return std::nullopt;
  }
  const Range around = range_of(list, *home);
  const std::array<Range, 3> places{Range{list.top(), around.end},
                                    Range{list.free_bottom(), list.free_top()},
                                    Range{around.base, list.base()}};
  for (const Range& place : places) {
    const std::uint64_t bytes = longest_free(list, map, place.base, place.end);
    if (bytes >= needed) return PlainStart{place.base, place.end, bytes};
  }
  std::optional<PlainStart> highest;
  for (const PlainHob& hob : list.hobs()) {
    if (!is_plain_memory(list, hob) || hob.offset == home->offset) continue;
    const Range range = range_of(list, hob);
    const std::uint64_t bytes = longest_free(list, map, range.base, range.end);
    if (bytes < needed || (highest && range.base <= highest->from)) continue;
    highest = PlainStart{range.base, range.end, bytes};
  }
  if (!highest) objection = {home->offset, "no free memory is large enough for the start of DXE"};
  return highest;
}

}  // namespace hobnail::oracle
