// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Painting claims over tested memory.
#include "properties/oracle/dxe/dxe_map.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace hobnail::oracle {
namespace {

constexpr std::uint64_t kRuntimeAttribute = std::uint64_t{1} << 63;  // EFI_MEMORY_RUNTIME

// The first range that ends after `address`.
std::size_t index_at(const DxeMap& map, std::uint64_t address) {
  const auto found = std::upper_bound(
      map.ranges.begin(), map.ranges.end(), address,
      [](std::uint64_t a, const MapRange& range) { return a < range.where.end(); });
  return static_cast<std::size_t>(found - map.ranges.begin());
}

// Cuts the claim out of the Conventional range that holds it; one that no such range holds stands
// over another claim, and does not count.
void paint(DxeMap& map, const Claim& claim) {
  if (claim.type == EfiConventionalMemory) return;
  const std::size_t i = index_at(map, claim.where.base);
  if (i == map.ranges.size() || map.ranges[i].type != EfiConventionalMemory ||
      !map.ranges[i].where.contains(claim.where.base, claim.where.size)) {
    return;
  }
  const Region whole = map.ranges[i].where;
  std::array<MapRange, 3> pieces{{
      {{whole.base, claim.where.base - whole.base}, EfiConventionalMemory},
      {claim.where, claim.type},
      {{claim.where.end(), whole.end() - claim.where.end()}, EfiConventionalMemory},
  }};
  const auto end = std::remove_if(pieces.begin(), pieces.end(),
                                  [](const MapRange& piece) { return piece.where.size == 0; });
  const auto place = map.ranges.erase(map.ranges.begin() + static_cast<std::ptrdiff_t>(i));
  map.ranges.insert(place, pieces.begin(), end);
}

}  // namespace

const MapRange* DxeMap::at(std::uint64_t address) const {
  const std::size_t i = index_at(*this, address);
  return i < ranges.size() && ranges[i].where.contains(address) ? &ranges[i] : nullptr;
}

Region DxeMap::largest_free(const Region& where) const {
  Region largest;
  for (const MapRange& range : ranges) {
    if (range.type != EfiConventionalMemory || !range.where.overlaps(where)) continue;
    const std::uint64_t from =
        (std::max(range.where.base, where.base) + (kPage - 1)) & ~(kPage - 1);
    const std::uint64_t to = std::min(range.where.end(), where.end()) & ~(kPage - 1);
    if (from < to && to - from > largest.size) largest = {from, to - from};
  }
  return largest;
}

DxeMap dxe_map(const DxeView& view) {
  DxeMap map;
  for (const Resource& resource : view.resources) {
    if (resource.tested) map.ranges.push_back({resource.where, EfiConventionalMemory});
  }
  std::sort(map.ranges.begin(), map.ranges.end(),
            [](const MapRange& a, const MapRange& b) { return a.where.base < b.where.base; });
  for (const bool by_peim : {false, true}) {
    for (const Claim& claim : view.claims) {
      if (claim.by_peim == by_peim) paint(map, claim);
    }
  }
  return map;
}

Verdict check_live_pages(const BootState& now, const DxeMap& map) {
  for (const Allocation& piece : now.model.live) {
    if (piece.kind != Result::Pages) continue;
    const MapRange* const range = map.at(piece.where.base);
    if (range != nullptr && range->type == piece.type &&
        range->where.contains(piece.where.base, piece.where.size)) {
      continue;
    }
    return report(now, RuleId::HandOffMap,
                  fmt::format("p{}: live pages {} of type {} would be {} for DXE", piece.handle,
                              piece.where, piece.type,
                              range == nullptr ? std::string("no memory")
                                               : fmt::format("of type {}", range->type)));
  }
  return std::nullopt;
}

std::vector<MapEntry> entries_of(const DxeMap& map) {
  std::vector<MapEntry> entries;
  for (const MapRange& range : map.ranges) {
    entries.push_back({range.type, range.where.base, range.where.size / kPage,
                       is_runtime(range.type) ? kRuntimeAttribute : 0});
  }
  return entries;
}

bool is_reusable(std::uint32_t type) {
  switch (type) {
    case EfiLoaderCode:
    case EfiLoaderData:
    case EfiBootServicesCode:
    case EfiBootServicesData:
    case EfiConventionalMemory:
      return true;
    default:
      return false;
  }
}

bool is_reclaimable(std::uint32_t type) { return type == EfiACPIReclaimMemory; }

bool is_runtime(std::uint32_t type) {
  return type == EfiRuntimeServicesCode || type == EfiRuntimeServicesData || type == EfiPalCode;
}

}  // namespace hobnail::oracle
