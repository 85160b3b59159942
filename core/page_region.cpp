// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Whose record is it?
#include "core/page_region.h"

#include "core/guid.h"

namespace pei {
namespace {

// The names that PI gives to memory that AllocatePages does not record.
bool is_name_of_others(const EFI_GUID& name) {
  return same_guid(name, EFI_HOB_MEMORY_ALLOC_STACK_GUID) ||
         same_guid(name, EFI_HOB_MEMORY_ALLOC_BSP_STORE_GUID) ||
         same_guid(name, EFI_HOB_MEMORY_ALLOC_MODULE_GUID);
}

}  // namespace

Maybe<AddressRange> own_range(const PageRegion& region, const EFI_HOB_MEMORY_ALLOCATION& record) {
  if (record.Header.HobLength != sizeof(EFI_HOB_MEMORY_ALLOCATION)) return {};
  const EFI_HOB_MEMORY_ALLOCATION_HEADER& allocation = record.AllocDescriptor;
  if (is_name_of_others(allocation.Name)) return {};
  const Maybe<AddressRange> range =
      AddressRange::sized(allocation.MemoryBaseAddress, allocation.MemoryLength);
  if (!range || range->empty()) return {};
  if (!is_aligned(range->base(), kPageBytes) || !is_aligned(range->end(), kPageBytes)) return {};
  if (!region.given.contains(*range) && !region.also_given.contains(*range)) return {};
  return range;
}

bool is_free(const EFI_HOB_MEMORY_ALLOCATION& record) {
  return record.AllocDescriptor.MemoryType == EfiConventionalMemory;
}

Maybe<AddressRange> free_range(const PageRegion& region, const EFI_HOB_MEMORY_ALLOCATION& record) {
  return is_free(record) ? own_range(region, record) : Maybe<AddressRange>();
}

}  // namespace pei
