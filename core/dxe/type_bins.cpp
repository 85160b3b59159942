// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The table is the platform's: a malformed table results in no bins, and has no other effect.
#include "core/dxe/type_bins.h"

#include "core/dxe/after_exit.h"
#include "core/guid.h"
#include "core/pi/memory_type_information.h"

namespace pei::dxe {
namespace {

using Entry = EFI_MEMORY_TYPE_INFORMATION;
using Resource = EFI_HOB_RESOURCE_DESCRIPTOR;

struct Table {
  const Entry* entries;
  UINTN room;    // entries that the HOB has room for
  UINTN offset;  // of the HOB
};

// The first table of the list.
Maybe<Table> find_table(const HandOff& hand_off) {
  for (HobWalk walk(hand_off.list); walk.on_hob(); walk.advance()) {
    if (walk.hob()->HobType != EFI_HOB_TYPE_GUID_EXTENSION) continue;
    const auto* const named = reinterpret_cast<const EFI_HOB_GUID_TYPE*>(walk.hob());
    if (!same_guid(named->Name, EFI_MEMORY_TYPE_INFORMATION_GUID)) continue;
    const UINTN room = (walk.hob()->HobLength - sizeof(EFI_HOB_GUID_TYPE)) / sizeof(Entry);
    return Table{reinterpret_cast<const Entry*>(named + 1), room, walk.offset()};
  }
  return {};
}

// The entries before the end, 16 at most; nothing when there is no end, or a type is bad or
// repeated.
Maybe<UINTN> entries_of(const Table& table) {
  UINT32 seen = 0;  // a bit for each type
  for (UINTN i = 0; i < table.room; ++i) {
    const UINT32 type = table.entries[i].Type;
    if (type == EfiMaxMemoryType) return i;
    if (type > EfiMaxMemoryType || (seen >> type & 1) != 0) return {};
    seen |= UINT32{1} << type;
  }
  return {};
}

// Types that AllocatePages gives out: no others have bins.
bool has_bin(UINT32 type) {
  return type <= EfiACPIMemoryNVS && type != EfiConventionalMemory && type != EfiUnusableMemory;
}

// At most 2^44, and a granule.
UINT64 bin_bytes(const Entry& entry, UINT64 runtime_granularity) {
  if (!has_bin(entry.Type)) return 0;
  return *align_up(UINT64{entry.NumberOfPages} << EFI_PAGE_SHIFT, runtime_granularity);
}

// The second of two descriptors of one range: of the other version.
bool is_same_range(const Resource& one, const Resource& other) {
  return one.Header.HobType != other.Header.HobType && one.PhysicalStart == other.PhysicalStart &&
         one.ResourceLength == other.ResourceLength && one.ResourceType == other.ResourceType;
}

// The resource for bins, when it is the only one, and not the one that PEI's memory lies in.
Maybe<UINTN> find_resource(const HandOff& hand_off) {
  Maybe<UINTN> found;
  for (HobWalk walk(hand_off.list); walk.on_hob(); walk.advance()) {
    const Resource* const resource = as_resource(walk.hob());
    if (resource == nullptr || !is_of_bins(*resource)) continue;
    if (found && is_same_range(*as_resource(*hand_off.list.at(*found)), *resource)) continue;
    if (found || holds_list(hand_off, *resource)) return {};
    found = walk.offset();
  }
  return found;
}

// Where the bins can lie: below this address. Nothing when they do not fit.
Maybe<UINT64> top_of_bins(const HandOff& hand_off, UINTN offset, UINT64 total_bytes,
                          UINT64 runtime_granularity) {
  const auto& resource = *reinterpret_cast<const Resource*>(*hand_off.list.at(offset));
  const Maybe<AddressRange> range =
      AddressRange::sized(resource.PhysicalStart, resource.ResourceLength);
  if (!is_tested_memory(resource) || !range || range->end() > hand_off.limit) return {};
  const UINT64 top = align_down(range->end(), runtime_granularity);
  if (top < range->base() || top - range->base() < total_bytes) return {};
  return top;
}

}  // namespace

TypeBins measure_bins(const HandOff& hand_off, UINT64 runtime_granularity, Rejections& rejections) {
  TypeBins bins;
  const Maybe<Table> table = find_table(hand_off);
  if (!table) return bins;
  const Maybe<UINTN> count = entries_of(*table);
  if (!count) {
    rejections.add(table->offset, RejectionReason::BadBinTable);
    return bins;
  }
  for (UINTN i = 0; i < *count; ++i) {
    bins.total_bytes += bin_bytes(table->entries[i], runtime_granularity);
  }
  return bins;
}

HandOffError claim_bins(const HandOff& hand_off, const TypeBins& bins, UINT64 runtime_granularity,
                        Claims& claims) {
  if (bins.total_bytes == 0) return {};  // no table, or one that asks for nothing
  const Maybe<UINTN> offset = find_resource(hand_off);
  if (!offset) return {};
  const Maybe<UINT64> top = top_of_bins(hand_off, *offset, bins.total_bytes, runtime_granularity);
  if (!top) return {};

  const Maybe<Table> table = find_table(hand_off);
  const UINTN count = *entries_of(*table);
  UINT64 end = *top;
  for (UINTN i = 0; i < count; ++i) {
    const UINT64 bytes = bin_bytes(table->entries[i], runtime_granularity);
    Claim claim;
    claim.kind = ClaimKind::Bin;
    claim.type = table->entries[i].Type;
    claim.base = end - bytes;
    claim.end = end;
    claim.offset = *offset;
    end = claim.base;
    if (bytes == 0 || lifetime_of(claim.type) == 0) continue;
    if (!claims.add(claim)) return {HandOffFlaw::TooManyHobs, *offset};
  }
  return {};
}

}  // namespace pei::dxe
