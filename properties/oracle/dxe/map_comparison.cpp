// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "properties/oracle/dxe/map_comparison.h"

#include <algorithm>
#include <utility>

#include "properties/oracle/dxe/memory_types.h"
#include "properties/oracle/dxe/reader_map.h"

namespace hobnail::oracle {
namespace {

// The descriptor that holds the page, of descriptors in ascending order.
const MapEntry* entry_at(const std::vector<MapEntry>& sorted, std::uint64_t page) {
  const auto next =
      std::upper_bound(sorted.begin(), sorted.end(), page,
                       [](std::uint64_t a, const MapEntry& entry) { return a < entry.base; });
  if (next == sorted.begin()) return nullptr;
  const MapEntry& entry = *std::prev(next);
  return entry.where().contains(page) ? &entry : nullptr;
}

bool agree_on_a_list(const MapRange* reference, const MapEntry* reported) {
  if (reference == nullptr || reported == nullptr) return reference == nullptr && !reported;
  return reference->type == reported->type && reference->attribute == reported->attribute;
}

bool is_allocation_at(const UnspecifiedMemory& choices, std::uint64_t page, std::uint32_t type) {
  return std::any_of(choices.allocations.begin(), choices.allocations.end(),
                     [&](const MemoryClaim& allocation) {
                       return allocation.where.contains(page) && allocation.type == type;
                     });
}

bool agree_on_a_boot(const MapRange* reference, const MapEntry* reported, std::uint64_t page,
                     const UnspecifiedMemory& choices) {
  if (reference == nullptr) {
    return reported == nullptr || !is_reusable(reported->type) ||
           is_allocation_at(choices, page, reported->type);
  }
  if (reported == nullptr) return false;
  // So that the map is the same in every boot, what is free in a bin may have the bin's type.
  const bool of_bin =
      reference->type == EfiConventionalMemory && choices.bins.overlaps(reported->where());
  return reported->type == reference->type || of_bin;
}

}  // namespace

std::optional<PageDifference> first_difference(const ReferenceMap& reference,
                                               std::vector<MapEntry> reported, Exactness exactness,
                                               const UnspecifiedMemory& choices) {
  reported = sorted_by_base(std::move(reported));
  std::vector<std::uint64_t> edges;
  for (const MapRange& range : reference.ranges()) {
    edges.insert(edges.end(), {range.where.base, range.where.end()});
  }
  for (const MapEntry& each : reported) {
    edges.insert(edges.end(), {each.base, each.where().end()});
  }
  for (const MemoryClaim& each : choices.allocations) edges.push_back(each.where.end());
  std::sort(edges.begin(), edges.end());
  for (const std::uint64_t page : edges) {
    const MapRange* const range = reference.at(page);
    const MapEntry* const entry = entry_at(reported, page);
    const bool agree = exactness == Exactness::List ? agree_on_a_list(range, entry)
                                                    : agree_on_a_boot(range, entry, page, choices);
    if (agree) continue;
    PageDifference difference;
    difference.page = page;
    if (range != nullptr) difference.reference = *range;
    if (entry != nullptr) difference.reported = *entry;
    return difference;
  }
  return std::nullopt;
}

}  // namespace hobnail::oracle
