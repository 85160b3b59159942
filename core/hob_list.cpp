// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The one place where a HobLength is believed, and the checks that make it believable.
#include "core/hob_list.h"

#include "core/panic.h"

namespace pei {

Maybe<const EFI_HOB_GENERIC_HEADER*> HobList::at(UINTN offset) const {
  if (offset > size_bytes_) return {};
  const UINTN left_bytes = size_bytes_ - offset;
  if (left_bytes < sizeof(EFI_HOB_GENERIC_HEADER)) return {};
  const UINT8* const start = bytes_ + offset;
  if (reinterpret_cast<UINTN>(start) % kHobAlignmentBytes != 0) return {};

  const auto* const hob = reinterpret_cast<const EFI_HOB_GENERIC_HEADER*>(start);
  const UINTN length_bytes = hob->HobLength;
  if (length_bytes < sizeof(EFI_HOB_GENERIC_HEADER) || length_bytes > left_bytes) return {};
  if (length_bytes % kHobAlignmentBytes != 0) return {};
  return hob;
}

Maybe<UINTN> HobList::find(UINT16 type, UINT16 length_bytes, UINTN from) const {
  for (HobWalk walk(*this, from); walk.on_hob(); walk.advance()) {
    if (walk.hob()->HobType == type && walk.hob()->HobLength == length_bytes) return walk.offset();
  }
  return {};
}

void HobWalk::advance() {
  PEI_ASSERT(on_hob());
  // Cannot wrap: at() has checked that the HOB ends inside the view.
  offset_ += hob()->HobLength;
  hob_ = list_.at(offset_);
}

const EFI_HOB_MEMORY_ALLOCATION* as_memory_allocation(const EFI_HOB_GENERIC_HEADER* hob) {
  if (hob->HobType != EFI_HOB_TYPE_MEMORY_ALLOCATION) return nullptr;
  if (hob->HobLength < sizeof(EFI_HOB_MEMORY_ALLOCATION)) return nullptr;
  return reinterpret_cast<const EFI_HOB_MEMORY_ALLOCATION*>(hob);
}

}  // namespace pei
