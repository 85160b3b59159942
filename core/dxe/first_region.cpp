// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Cost: resources times ranges of the map.
#include "core/dxe/first_region.h"

#include "core/dxe/claims.h"

namespace pei::dxe {
namespace {

using Resource = EFI_HOB_RESOURCE_DESCRIPTOR;
using Phit = EFI_HOB_HANDOFF_INFO_TABLE;

// The whole pages from `base` to `end`, which may be in any order.
AddressRange pages_within(UINT64 base, UINT64 end) {
  const Maybe<UINT64> first = align_up(base, kPageBytes);
  if (!first || *first >= end) return {};
  return AddressRange::between(*first, align_down(end, kPageBytes));
}

AddressRange larger(const AddressRange& one, const AddressRange& other) {
  return other.size_bytes() > one.size_bytes() ? other : one;
}

class Search {
 public:
  Search(const HandOff& hand_off, const RangeMap& map)
      : map_(map),
        list_base_(hand_off.phit_address),
        list_end_(hand_off.phit.EfiFreeMemoryBottom) {}

  // The largest free stretch between two addresses.
  [[nodiscard]] AddressRange largest_free(UINT64 base, UINT64 end) const {
    AddressRange largest;
    for (UINTN i = 0; i < map_.count(); ++i) {
      if (map_.at(i).Type != EfiConventionalMemory) continue;
      const AddressRange range = map_.range_at(i);
      const UINT64 from = range.base() > base ? range.base() : base;
      const UINT64 to = range.end() < end ? range.end() : end;
      // The list is in use until it has been copied: what lies below it, and what lies above.
      largest = larger(largest, pages_within(from, to < list_base_ ? to : list_base_));
      largest = larger(largest, pages_within(from > list_end_ ? from : list_end_, to));
    }
    return largest;
  }

 private:
  const RangeMap& map_;
  UINT64 list_base_;
  UINT64 list_end_;
};

const Resource* as_tested_memory(const HandOff& hand_off, const EFI_HOB_GENERIC_HEADER* hob) {
  const Resource* const resource = as_resource(hob);
  if (resource == nullptr || !is_tested_memory(*resource)) return nullptr;
  if (is_of_bins(*resource) && !holds_list(hand_off, *resource)) return nullptr;
  return add(resource->PhysicalStart, resource->ResourceLength) ? resource : nullptr;
}

AddressRange range_of(const Resource& resource) {
  return *AddressRange::sized(resource.PhysicalStart, resource.ResourceLength);
}

// The resource that all of PEI's free memory lies in.
Maybe<UINTN> find_home(const HandOff& hand_off) {
  const Phit& phit = hand_off.phit;
  const AddressRange gap = AddressRange::between(phit.EfiFreeMemoryBottom, phit.EfiFreeMemoryTop);
  for (HobWalk walk(hand_off.list); walk.on_hob(); walk.advance()) {
    const Resource* const resource = as_tested_memory(hand_off, walk.hob());
    if (resource != nullptr && range_of(*resource).contains(gap)) return walk.offset();
  }
  return {};
}

}  // namespace

HandOffError find_first_region(const HandOff& hand_off, const RangeMap& map, UINT64 needed_bytes,
                               AddressRange& region) {
  const Phit& phit = hand_off.phit;
  const Maybe<UINTN> home_offset = find_home(hand_off);
  if (!home_offset) return {HandOffFlaw::NoMemoryAtGap, offsetof(Phit, EfiFreeMemoryBottom)};
  const AddressRange home =
      range_of(*reinterpret_cast<const Resource*>(*hand_off.list.at(*home_offset)));

  const Search search(hand_off, map);
  const AddressRange candidates[] = {
      search.largest_free(phit.EfiMemoryTop, home.end()),
      search.largest_free(phit.EfiFreeMemoryBottom, phit.EfiFreeMemoryTop),
      search.largest_free(home.base(), hand_off.phit_address),
  };
  for (const AddressRange& each : candidates) {
    if (each.size_bytes() < needed_bytes) continue;
    region = each;
    return {};
  }

  Maybe<UINT64> highest;  // base of those that are large enough
  for (HobWalk walk(hand_off.list); walk.on_hob(); walk.advance()) {
    const Resource* const resource = as_tested_memory(hand_off, walk.hob());
    if (resource == nullptr || walk.offset() == *home_offset) continue;
    if (highest && resource->PhysicalStart <= *highest) continue;
    const AddressRange free =
        search.largest_free(resource->PhysicalStart, range_of(*resource).end());
    if (free.size_bytes() < needed_bytes) continue;
    region = free;
    highest = resource->PhysicalStart;
  }
  return highest ? HandOffError{} : HandOffError{HandOffFlaw::NoRoomToStartIn, *home_offset};
}

}  // namespace pei::dxe
