// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The services, each in the same four steps: is it a sensible question? are we ready for it? does
// it fit? then do it. Which statuses PI and EDK II give is in docs/pei-semantics.md 2; where
// we differ from EDK II is in its 2.13 and in docs/decisions.md.
#include "core/services.h"

#include "core/bytes.h"
#include "core/footprint.h"
#include "core/migration.h"
#include "core/page_release.h"
#include "core/pages.h"
#include "core/pool.h"

namespace pei {
namespace {

// The list as a service finds it.
struct Ready {
  explicit Ready(const EFI_PEI_SERVICES** services)
      : record(record_of(services)), arena(arena_of(record)), region(region_of(record, arena)) {}

  CoreRecord& record;
  Arena arena;
  PageRegion region;
};

EFI_STATUS EFIAPI GetBootMode(const EFI_PEI_SERVICES** PeiServices, EFI_BOOT_MODE* BootMode) {
  if (BootMode == nullptr) return EFI_INVALID_PARAMETER;
  *BootMode = record_of(PeiServices).phit->BootMode;
  return EFI_SUCCESS;
}

// Any value is a boot mode: PI leaves room for platforms' own.
EFI_STATUS EFIAPI SetBootMode(const EFI_PEI_SERVICES** PeiServices, EFI_BOOT_MODE BootMode) {
  record_of(PeiServices).phit->BootMode = BootMode;
  return EFI_SUCCESS;
}

EFI_STATUS EFIAPI GetHobList(const EFI_PEI_SERVICES** PeiServices, VOID** HobList) {
  if (HobList == nullptr) return EFI_INVALID_PARAMETER;
  *HobList = record_of(PeiServices).phit;
  return EFI_SUCCESS;
}

EFI_STATUS EFIAPI CreateHob(const EFI_PEI_SERVICES** PeiServices, UINT16 Type, UINT16 Length,
                            VOID** Hob) {
  // Is it a sensible question? END and a second PHIT would break the list for all who follow.
  if (Hob == nullptr) return EFI_INVALID_PARAMETER;
  *Hob = nullptr;
  if (Length < sizeof(EFI_HOB_GENERIC_HEADER) || Length > kLongestHobBytes) {
    return EFI_INVALID_PARAMETER;
  }
  if (Type == EFI_HOB_TYPE_HANDOFF || Type == EFI_HOB_TYPE_END_OF_HOB_LIST) {
    return EFI_INVALID_PARAMETER;
  }
  // Are we ready for it?
  Ready ready(PeiServices);
  // Does it fit?
  const Maybe<HobPlan> plan = plan_hob(ready.arena, ready.region, Type, Length);
  if (!plan) return EFI_OUT_OF_RESOURCES;
  // Then do it.
  *Hob = commit_hob(ready.arena, *plan);
  return EFI_SUCCESS;
}

EFI_STATUS EFIAPI InstallPeiMemory(const EFI_PEI_SERVICES** PeiServices,
                                   EFI_PHYSICAL_ADDRESS MemoryBegin, UINT64 MemoryLength) {
  // Are we ready for it? PI: calls after the first successful one are ignored, whatever they say.
  CoreRecord& record = record_of(PeiServices);
  if (record.phase != Phase::kTemporaryRam) return EFI_SUCCESS;
  // Is it a sensible question?
  const Maybe<AddressRange> offered = AddressRange::sized(MemoryBegin, MemoryLength);
  if (!offered || offered->empty() || !is_aligned(MemoryBegin, kPageBytes)) {
    return EFI_INVALID_PARAMETER;
  }
  if (offered->overlaps(record.temporary_ram) || offered->overlaps(record.stack)) {
    return EFI_INVALID_PARAMETER;
  }
  // Does it fit? Only whole pages count.
  const AddressRange permanent =
      AddressRange::between(offered->base(), align_down(offered->end(), kPageBytes));
  if (!permanent.is_addressable() || !is_large_enough(record, permanent)) {
    return EFI_OUT_OF_RESOURCES;
  }
  // Then do it. The list does not change before the PEIM returns.
  record.permanent = permanent;
  record.window_top = permanent.end();
  record.phase = Phase::kWindow;
  return EFI_SUCCESS;
}

// The lowest page; nothing, with nothing changed, when the region cannot serve.
Maybe<UINT64> allocate(Arena& arena, const PageRegion& region, const PageRequest& request) {
  const Maybe<PagePlan> plan = plan_pages(arena, region, request);
  if (!plan) return {};
  return commit_pages(arena, region, *plan);
}

EFI_STATUS EFIAPI AllocatePages(const EFI_PEI_SERVICES** PeiServices, EFI_MEMORY_TYPE MemoryType,
                                UINTN Pages, EFI_PHYSICAL_ADDRESS* Memory) {
  // Is it a sensible question?
  if (Memory == nullptr || Pages == 0 || !is_allocatable(MemoryType)) return EFI_INVALID_PARAMETER;
  // Are we ready for it?
  Ready ready(PeiServices);
  // Does it fit, the record of it included, into the bin of its type or else beside the bins?
  const Maybe<PageRequest> request =
      page_request(MemoryType, Pages, ready.record.runtime_granularity);
  if (!request) return EFI_OUT_OF_RESOURCES;
  Bin* const bin = bin_of_type(ready.record.bins, MemoryType);
  Maybe<UINT64> pages;
  if (bin != nullptr) pages = allocate(ready.arena, region_of(*bin), *request);
  if (!pages) pages = allocate(ready.arena, ready.region, *request);
  if (!pages) return EFI_OUT_OF_RESOURCES;
  *Memory = *pages;
  return EFI_SUCCESS;
}

// True when freeing `range` would leave runtime pages that the OS cannot map by themselves.
bool breaks_granule(const Allocation& allocation, const AddressRange& range,
                    UINT64 runtime_granularity) {
  const UINT64 granularity = granularity_of(allocation.type, runtime_granularity);
  return !is_aligned(range.base(), granularity) || !is_aligned(range.end(), granularity);
}

EFI_STATUS EFIAPI FreePages(const EFI_PEI_SERVICES** PeiServices, EFI_PHYSICAL_ADDRESS Memory,
                            UINTN Pages) {
  // Is it a sensible question?
  const Maybe<UINT64> size_bytes = pages_to_bytes(Pages);
  if (Pages == 0 || !size_bytes || !is_aligned(Memory, kPageBytes)) return EFI_INVALID_PARAMETER;
  const Maybe<AddressRange> range = AddressRange::sized(Memory, *size_bytes);
  if (!range) return EFI_INVALID_PARAMETER;
  // Are we ready for it, and were these pages ever given?
  Ready ready(PeiServices);
  if (Bin* const bin = bin_at(ready.record.bins, Memory)) ready.region = region_of(*bin);
  const Maybe<Allocation> allocation = find_allocation(ready.arena, ready.region, *range);
  if (!allocation) return EFI_NOT_FOUND;
  if (breaks_granule(*allocation, *range, ready.record.runtime_granularity)) {
    return EFI_INVALID_PARAMETER;
  }
  // Does it fit? What remains needs records.
  const Maybe<ReleasePlan> plan = plan_release(ready.arena, ready.region, *allocation, *range);
  if (!plan) return EFI_OUT_OF_RESOURCES;
  // Then do it.
  commit_release(ready.arena, ready.region, *plan);
  return EFI_SUCCESS;
}

EFI_STATUS EFIAPI AllocatePool(const EFI_PEI_SERVICES** PeiServices, UINTN Size, VOID** Buffer) {
  // Is it a sensible question?
  if (Buffer == nullptr) return EFI_INVALID_PARAMETER;
  *Buffer = nullptr;
  if (Size > kLongestPoolBytes) return EFI_OUT_OF_RESOURCES;
  // Are we ready for it?
  Ready ready(PeiServices);
  // Does it fit?
  const Maybe<HobPlan> plan = plan_pool(ready.arena, ready.region, static_cast<UINT16>(Size));
  if (!plan) return EFI_OUT_OF_RESOURCES;
  // Then do it.
  *Buffer = commit_pool(ready.arena, *plan);
  return EFI_SUCCESS;
}

VOID EFIAPI CopyMem(VOID* Destination, VOID* Source, UINTN Length) {
  copy_bytes(Destination, Source, Length);
}

VOID EFIAPI SetMem(VOID* Buffer, UINTN Size, UINT8 Value) { set_bytes(Buffer, Size, Value); }

// Stands for every service that is none of ours. The caller cleans the stack in all conventions
// that EFIAPI stands for, so it can be called with any arguments.
EFI_STATUS EFIAPI NotSupported() { return EFI_UNSUPPORTED; }

}  // namespace

CoreRecord& record_of(const EFI_PEI_SERVICES** services) {
  PEI_ASSERT(services != nullptr && is_aligned(address_of(services), alignof(CoreRecord)));
  CoreRecord& record = *reinterpret_cast<CoreRecord*>(services);
  PEI_ASSERT(record.signature == kLiveRecord);
  return record;
}

void fill_service_table(CoreRecord& record) {
  VOID* const unsupported = reinterpret_cast<VOID*>(&NotSupported);
  for (VOID*& entry : record.no_ppi) entry = unsupported;

  EFI_PEI_SERVICES& table = record.table;
  table = {};
  table.Hdr.Signature = PEI_SERVICES_SIGNATURE;
  table.Hdr.Revision = PEI_SERVICES_REVISION;
  table.Hdr.HeaderSize = sizeof(EFI_PEI_SERVICES);

  VOID** const others[] = {
      &table.InstallPpi,         &table.ReInstallPpi,      &table.LocatePpi,
      &table.NotifyPpi,          &table.FfsFindNextVolume, &table.FfsFindNextFile,
      &table.FfsFindSectionData, &table.ReportStatusCode,  &table.ResetSystem,
      &table.FfsFindFileByName,  &table.FfsGetFileInfo,    &table.FfsGetVolumeInfo,
      &table.RegisterForShadow,  &table.FindSectionData3,  &table.FfsGetFileInfo2,
      &table.ResetSystem2};
  for (VOID** const entry : others) *entry = unsupported;
  // These two are tables of functions, not functions.
  table.CpuIo = record.no_ppi;
  table.PciCfg = record.no_ppi;

  table.GetBootMode = GetBootMode;
  table.SetBootMode = SetBootMode;
  table.GetHobList = GetHobList;
  table.CreateHob = CreateHob;
  table.InstallPeiMemory = InstallPeiMemory;
  table.AllocatePages = AllocatePages;
  table.AllocatePool = AllocatePool;
  table.CopyMem = CopyMem;
  table.SetMem = SetMem;
  table.FreePages = FreePages;
  record.services = &table;
}

}  // namespace pei
