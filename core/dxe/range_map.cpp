// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Keeping the map merged.
#include "core/dxe/range_map.h"

#include "core/bytes.h"
#include "core/dxe/after_exit.h"

namespace pei::dxe {

AddressRange RangeMap::range_at(UINTN index) const {
  const EFI_MEMORY_DESCRIPTOR& entry = storage_[index];
  return AddressRange::between(entry.PhysicalStart,
                               entry.PhysicalStart + (entry.NumberOfPages << EFI_PAGE_SHIFT));
}

bool RangeMap::append(UINT32 type, const AddressRange& pages, UINT64 attribute) {
  const UINT64 bits = attribute | (is_runtime(type) ? EFI_MEMORY_RUNTIME : 0);
  const UINT64 page_count = pages.size_bytes() >> EFI_PAGE_SHIFT;
  if (count_ > 0) {
    EFI_MEMORY_DESCRIPTOR& last = storage_[count_ - 1];
    const bool touches = range_at(count_ - 1).end() == pages.base();
    if (touches && last.Type == type && last.Attribute == bits) {
      last.NumberOfPages += page_count;
      return true;
    }
  }
  if (count_ == capacity_) return false;
  storage_[count_] = {type, pages.base(), 0, page_count, bits};
  count_ += 1;
  return true;
}

bool RangeMap::retype(UINTN index, const AddressRange& part, UINT32 type) {
  if (capacity_ - count_ < 2) return false;
  // What lies from here up moves to the end of the storage, and is appended again from there.
  const UINTN moved_count = count_ - index;
  EFI_MEMORY_DESCRIPTOR* const moved = storage_ + (capacity_ - moved_count);
  copy_bytes(moved, storage_ + index, moved_count * sizeof(EFI_MEMORY_DESCRIPTOR));
  const AddressRange whole = range_at(index);
  const EFI_MEMORY_DESCRIPTOR old = moved[0];
  const UINT64 attribute = old.Attribute & ~EFI_MEMORY_RUNTIME;
  count_ = index;

  // Never more than two entries more than there were, so none of these runs into the moved ones.
  const AddressRange pieces[] = {AddressRange::between(whole.base(), part.base()), part,
                                 AddressRange::between(part.end(), whole.end())};
  const UINT32 types[] = {old.Type, type, old.Type};
  for (UINTN i = 0; i < 3; ++i) {
    if (!pieces[i].empty()) PEI_ASSERT(append(types[i], pieces[i], attribute));
  }
  for (UINTN i = 1; i < moved_count; ++i) {
    const EFI_MEMORY_DESCRIPTOR entry = moved[i];
    const UINT64 end = entry.PhysicalStart + (entry.NumberOfPages << EFI_PAGE_SHIFT);
    PEI_ASSERT(append(entry.Type, AddressRange::between(entry.PhysicalStart, end),
                      entry.Attribute & ~EFI_MEMORY_RUNTIME));
  }
  return true;
}

}  // namespace pei::dxe
