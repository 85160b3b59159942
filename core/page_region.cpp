// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Whose record is it?
#include "core/page_region.h"

#include "core/guid.h"
#include "core/pi/memory_type_information.h"

namespace pei {

Maybe<AddressRange> own_range(const PageRegion& region, const EFI_HOB_MEMORY_ALLOCATION& record) {
  if (record.Header.HobLength != sizeof(EFI_HOB_MEMORY_ALLOCATION)) return {};
  const EFI_HOB_MEMORY_ALLOCATION_HEADER& allocation = record.AllocDescriptor;
  if (!same_guid(allocation.Name, EFI_GUID{}) &&
      !same_guid(allocation.Name, EFI_MEMORY_TYPE_INFORMATION_GUID)) {
    return {};
  }
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

Maybe<AddressRange> free_range(const PageRegion& region,
                               const EFI_HOB_MEMORY_ALLOCATION& record) {
  return is_free(record) ? own_range(region, record) : Maybe<AddressRange>();
}

}  // namespace pei
