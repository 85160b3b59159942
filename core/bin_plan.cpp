// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The first entry of the table gets the highest bin.
#include "core/bin_plan.h"

#include "core/guid.h"
#include "core/migration_layout.h"
#include "core/pages.h"
#include "core/pi/memory_type_information.h"

namespace pei {
namespace {

constexpr EFI_RESOURCE_ATTRIBUTE_TYPE kTested = EFI_RESOURCE_ATTRIBUTE_PRESENT |
                                                EFI_RESOURCE_ATTRIBUTE_INITIALIZED |
                                                EFI_RESOURCE_ATTRIBUTE_TESTED;

struct Table {
  const EFI_MEMORY_TYPE_INFORMATION* entries;
  UINTN count;
};

// The first MemoryTypeInformation HOB of the list.
Maybe<Table> find_table(const Arena& arena) {
  const HobList list = arena.list();
  for (HobWalk walk(list); walk.on_hob(); walk.advance()) {
    const EFI_HOB_GENERIC_HEADER* const hob = walk.hob();
    if (hob->HobType != EFI_HOB_TYPE_GUID_EXTENSION) continue;
    if (hob->HobLength < sizeof(EFI_HOB_GUID_TYPE)) continue;
    const auto* const named = reinterpret_cast<const EFI_HOB_GUID_TYPE*>(hob);
    if (!same_guid(named->Name, EFI_MEMORY_TYPE_INFORMATION_GUID)) continue;
    const UINTN data_bytes = hob->HobLength - sizeof(EFI_HOB_GUID_TYPE);
    return Table{reinterpret_cast<const EFI_MEMORY_TYPE_INFORMATION*>(named + 1),
                 data_bytes / sizeof(EFI_MEMORY_TYPE_INFORMATION)};
  }
  return {};
}

// Adds a bin below those that there are. False when it does not fit above address 0.
bool add_bin(Bins& bins, const EFI_MEMORY_TYPE_INFORMATION& entry, UINT64 granularity) {
  const UINT64 bottom = bins.all.base();
  const UINT64 bytes = *align_up(UINT64{entry.NumberOfPages} << EFI_PAGE_SHIFT, granularity);
  if (bytes >= bottom) return false;
  const AddressRange range = AddressRange::between(bottom - bytes, bottom);
  bins.bins[bins.count] = {entry.Type, range, range.end()};
  bins.count += 1;
  bins.all = AddressRange::between(range.base(), bins.all.end());
  return true;
}

// The bins of a table, laid out downward from `top`. False when the table is bad or asks for
// nothing, or when they do not fit.
bool lay_out(const Table& table, UINT64 top, UINT64 granularity, Bins& bins) {
  bins.all = AddressRange::between(top, top);
  for (UINTN i = 0; i < table.count && i < kMemoryTypeInformationEntriesMax; ++i) {
    const EFI_MEMORY_TYPE_INFORMATION& entry = table.entries[i];
    if (entry.Type == EfiMaxMemoryType) return bins.count > 0;
    if (entry.Type > EfiMaxMemoryType || bin_of_type(bins, entry.Type) != nullptr) return false;
    const bool is_wanted =
        entry.NumberOfPages > 0 && is_allocatable(static_cast<EFI_MEMORY_TYPE>(entry.Type));
    if (is_wanted && !add_bin(bins, entry, granularity)) return false;
  }
  return false;
}

struct PlatformRange {
  UINTN hobs = 0;      // resource HOBs with the table's GUID as their owner
  AddressRange range;  // of the last of them, if it is tested system memory; else empty
};

PlatformRange find_platform_range(const Arena& arena) {
  PlatformRange found;
  const HobList list = arena.list();
  for (HobWalk walk(list); walk.on_hob(); walk.advance()) {
    if (walk.hob()->HobType != EFI_HOB_TYPE_RESOURCE_DESCRIPTOR) continue;
    if (walk.hob()->HobLength != sizeof(EFI_HOB_RESOURCE_DESCRIPTOR)) continue;
    const auto& resource = *reinterpret_cast<const EFI_HOB_RESOURCE_DESCRIPTOR*>(walk.hob());
    if (!same_guid(resource.Owner, EFI_MEMORY_TYPE_INFORMATION_GUID)) continue;
    found.hobs += 1;
    const Maybe<AddressRange> range =
        AddressRange::sized(resource.PhysicalStart, resource.ResourceLength);
    const bool usable = range && range->is_addressable() &&
                        resource.ResourceType == EFI_RESOURCE_SYSTEM_MEMORY &&
                        (resource.ResourceAttribute & kTested) == kTested;
    found.range = usable ? *range : AddressRange();
  }
  return found;
}

// True when the bins leave the list room to grow, with the HOBs that describe them.
bool fits_in_gap(const Arena& arena, const BinPlan& plan) {
  // The gap holds the bins, so it holds a slot.
  const UINT64 growth = *arena.growth_for_slots(plan.padding.empty() ? 0 : 1, 0, 0);
  const UINT64 resource_bytes = plan.carved ? sizeof(EFI_HOB_RESOURCE_DESCRIPTOR) : 0;
  const UINT64 floor = arena.phit().EfiFreeMemoryBottom + growth + resource_bytes + kGrowthBytes;
  return plan.bins.all.base() >= floor;
}

// True when `range` lies outside of PEI's memory and overlaps no allocation.
bool is_unclaimed(const Arena& arena, const AddressRange& range) {
  const EFI_HOB_HANDOFF_INFO_TABLE& phit = arena.phit();
  if (range.overlaps(AddressRange::between(phit.EfiMemoryBottom, phit.EfiMemoryTop))) return false;
  for (RecordWalk walk(arena); walk.on_record(); walk.advance()) {
    const EFI_HOB_MEMORY_ALLOCATION_HEADER& a = walk.record().AllocDescriptor;
    const Maybe<AddressRange> other = AddressRange::sized(a.MemoryBaseAddress, a.MemoryLength);
    if (!other || other->overlaps(range)) return false;
  }
  return true;
}

}  // namespace

bool plan_bins(const Arena& arena, UINT64 runtime_granularity, BinPlan& plan) {
  plan = {};
  const Maybe<Table> table = find_table(arena);
  const PlatformRange platform = find_platform_range(arena);
  if (!table || platform.hobs > 1) return false;

  const EFI_HOB_HANDOFF_INFO_TABLE& phit = arena.phit();
  plan.carved = platform.hobs == 0;
  const UINT64 end = plan.carved ? phit.EfiFreeMemoryTop : platform.range.end();
  const UINT64 top = align_down(end, runtime_granularity);
  if (!lay_out(*table, top, runtime_granularity, plan.bins)) return false;
  const AddressRange& all = plan.bins.all;
  if (!plan.carved && all.base() < platform.range.base()) return false;
  const AddressRange gap = AddressRange::between(phit.EfiFreeMemoryBottom, phit.EfiFreeMemoryTop);
  plan.in_gap = gap.contains(all);
  if (!plan.in_gap) return !plan.carved && is_unclaimed(arena, all);
  plan.padding = AddressRange::between(all.end(), gap.end());
  return fits_in_gap(arena, plan);
}

void commit_bins(Arena& arena, Bins& bins, const BinPlan& plan) {
  if (!plan.padding.empty()) arena.record(plan.padding, EfiConventionalMemory);
  if (plan.carved) {
    EFI_HOB_GENERIC_HEADER& hob =
        arena.append(EFI_HOB_TYPE_RESOURCE_DESCRIPTOR, sizeof(EFI_HOB_RESOURCE_DESCRIPTOR));
    auto& resource = reinterpret_cast<EFI_HOB_RESOURCE_DESCRIPTOR&>(hob);
    resource.Owner = EFI_MEMORY_TYPE_INFORMATION_GUID;
    resource.ResourceType = EFI_RESOURCE_SYSTEM_MEMORY;
    resource.ResourceAttribute = kTested;
    resource.PhysicalStart = plan.bins.all.base();
    resource.ResourceLength = plan.bins.all.size_bytes();
  }
  if (plan.in_gap) arena.phit().EfiFreeMemoryTop = plan.bins.all.base();
  bins = plan.bins;
  for (UINT32 i = 0; i < bins.count; ++i) arena.name_records_of(bins.bins[i].type);
}

}  // namespace pei
