// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Whose record is it?
#include "core/page_region.h"

namespace pei {
namespace {

bool is_zero(const EFI_GUID& name) {
  if (name.Data1 != 0 || name.Data2 != 0 || name.Data3 != 0) return false;
  for (const UINT8 byte : name.Data4) {
    if (byte != 0) return false;
  }
  return true;
}

}  // namespace

Maybe<AddressRange> own_range(const PageRegion& region, const EFI_HOB_MEMORY_ALLOCATION& record) {
  if (record.Header.HobLength != sizeof(EFI_HOB_MEMORY_ALLOCATION)) return {};
  const EFI_HOB_MEMORY_ALLOCATION_HEADER& allocation = record.AllocDescriptor;
  if (!is_zero(allocation.Name)) return {};
  const Maybe<AddressRange> range =
      AddressRange::sized(allocation.MemoryBaseAddress, allocation.MemoryLength);
  if (!range || range->empty()) return {};
  if (!is_aligned(range->base(), kPageBytes) || !is_aligned(range->end(), kPageBytes)) return {};
  if (!region.given.contains(*range) && !region.also_given.contains(*range)) return {};
  return range;
}

}  // namespace pei
