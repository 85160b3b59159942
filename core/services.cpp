// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The services, each in the same four steps: is it a sensible question? are we ready for it? does
// it fit? then do it. Which statuses PI and EDK II give is in docs/pei-semantics.md 2; where
// we differ from EDK II is in its 2.13 and in docs/decisions.md.
#include "core/services.h"

#include "core/bytes.h"
#include "core/migration.h"
#include "core/migration_layout.h"
#include "core/page_release.h"
#include "core/pages.h"
#include "core/pool.h"

namespace pei {
namespace {

// The list as a service finds it.
struct ServiceContext {
  explicit ServiceContext(const EFI_PEI_SERVICES** services)
      : instance(instance_of(services)),
        arena(arena_of(instance)),
        region(region_of(instance, arena)) {}

  PeiCoreInstance& instance;
  Arena arena;
  PageRegion region;
};

EFI_STATUS EFIAPI GetBootMode(const EFI_PEI_SERVICES** PeiServices, EFI_BOOT_MODE* BootMode) {
  if (BootMode == nullptr) return EFI_INVALID_PARAMETER;
  *BootMode = instance_of(PeiServices).phit->BootMode;
  return EFI_SUCCESS;
}

// Any value is a boot mode: PI leaves room for platforms' own.
EFI_STATUS EFIAPI SetBootMode(const EFI_PEI_SERVICES** PeiServices, EFI_BOOT_MODE BootMode) {
  instance_of(PeiServices).phit->BootMode = BootMode;
  return EFI_SUCCESS;
}

EFI_STATUS EFIAPI GetHobList(const EFI_PEI_SERVICES** PeiServices, VOID** HobList) {
  if (HobList == nullptr) return EFI_INVALID_PARAMETER;
  *HobList = instance_of(PeiServices).phit;
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
  ServiceContext context(PeiServices);
  // Does it fit?
  const Maybe<HobPlan> plan = plan_hob(context.arena, context.region, Type, Length);
  if (!plan) return EFI_OUT_OF_RESOURCES;
  // Then do it.
  *Hob = commit_hob(context.arena, *plan);
  return EFI_SUCCESS;
}

EFI_STATUS EFIAPI InstallPeiMemory(const EFI_PEI_SERVICES** PeiServices,
                                   EFI_PHYSICAL_ADDRESS MemoryBegin, UINT64 MemoryLength) {
  // Are we ready for it? PI: calls after the first successful one are ignored, whatever they say.
  PeiCoreInstance& instance = instance_of(PeiServices);
  if (instance.phase != CorePhase::kTemporaryRam) return EFI_SUCCESS;
  // Is it a sensible question?
  const Maybe<AddressRange> offered = AddressRange::sized(MemoryBegin, MemoryLength);
  if (!offered || offered->empty() || !is_aligned(MemoryBegin, kPageBytes)) {
    return EFI_INVALID_PARAMETER;
  }
  if (offered->overlaps(instance.temporary_ram) || offered->overlaps(instance.stack)) {
    return EFI_INVALID_PARAMETER;
  }
  // Does it fit? Only whole pages count.
  const AddressRange permanent =
      AddressRange::between(offered->base(), align_down(offered->end(), kPageBytes));
  if (!permanent.is_addressable() || !is_large_enough(instance, permanent)) {
    return EFI_OUT_OF_RESOURCES;
  }
  // Then do it. The list does not change before the PEIM returns.
  instance.permanent = permanent;
  instance.window_top = permanent.end();
  instance.phase = CorePhase::kWindow;
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
  ServiceContext context(PeiServices);
  // Does it fit, the record of it included, into the bin of its type or else beside the bins?
  const Maybe<PageRequest> request =
      page_request(MemoryType, Pages, context.instance.runtime_granularity);
  if (!request) return EFI_OUT_OF_RESOURCES;
  Bin* const bin = bin_of_type(context.instance.bins, MemoryType);
  Maybe<UINT64> pages;
  if (bin != nullptr) pages = allocate(context.arena, region_of(*bin), *request);
  if (!pages) pages = allocate(context.arena, context.region, *request);
  if (!pages) return EFI_OUT_OF_RESOURCES;
  *Memory = *pages;
  return EFI_SUCCESS;
}

// True when freeing `range` would leave runtime pages that the OS cannot map by themselves.
bool breaks_granule(const LiveAllocation& allocation, const AddressRange& range,
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
  ServiceContext context(PeiServices);
  if (Bin* const bin = bin_at(context.instance.bins, Memory)) context.region = region_of(*bin);
  const Maybe<LiveAllocation> allocation = find_allocation(context.arena, context.region, *range);
  if (!allocation) return EFI_NOT_FOUND;
  if (breaks_granule(*allocation, *range, context.instance.runtime_granularity)) {
    return EFI_INVALID_PARAMETER;
  }
  // Does it fit? What remains needs records.
  const Maybe<ReleasePlan> plan = plan_release(context.arena, context.region, *allocation, *range);
  if (!plan) return EFI_OUT_OF_RESOURCES;
  // Then do it.
  commit_release(context.arena, context.region, *plan);
  return EFI_SUCCESS;
}

EFI_STATUS EFIAPI AllocatePool(const EFI_PEI_SERVICES** PeiServices, UINTN Size, VOID** Buffer) {
  // Is it a sensible question?
  if (Buffer == nullptr) return EFI_INVALID_PARAMETER;
  *Buffer = nullptr;
  if (Size > kLongestPoolBytes) return EFI_OUT_OF_RESOURCES;
  // Are we ready for it?
  ServiceContext context(PeiServices);
  // Does it fit?
  const Maybe<HobPlan> plan = plan_pool(context.arena, context.region, static_cast<UINT16>(Size));
  if (!plan) return EFI_OUT_OF_RESOURCES;
  // Then do it.
  *Buffer = commit_pool(context.arena, *plan);
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

PeiCoreInstance& instance_of(const EFI_PEI_SERVICES** services) {
  PEI_ASSERT(services != nullptr && is_aligned(address_of(services), alignof(PeiCoreInstance)));
  PeiCoreInstance& instance = *reinterpret_cast<PeiCoreInstance*>(services);
  PEI_ASSERT(instance.signature == kLiveRecord);
  return instance;
}

void fill_service_table(PeiCoreInstance& instance) {
  VOID* const unsupported = reinterpret_cast<VOID*>(&NotSupported);
  for (VOID*& entry : instance.no_ppi) entry = unsupported;

  EFI_PEI_SERVICES& table = instance.table;
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
  table.CpuIo = instance.no_ppi;
  table.PciCfg = instance.no_ppi;

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
  instance.services = &table;
}

}  // namespace pei
