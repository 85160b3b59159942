// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// One HOB after the other, by the same walk that reads our own list.
#include "core/sec_hobs.h"

#include "core/bytes.h"

namespace pei {
namespace {

bool is_acceptable(const EFI_HOB_GENERIC_HEADER* hob) {
  if (hob->HobType == EFI_HOB_TYPE_HANDOFF) return false;
  return hob->HobType != EFI_HOB_TYPE_MEMORY_ALLOCATION || as_memory_allocation(hob) != nullptr;
}

// What of the address space may be read from `start` on: `limit_bytes`, or less at its end.
UINTN readable_bytes(const VOID* start, UINT64 limit_bytes) {
  const UINT64 to_end = std::numeric_limits<UINTN>::max() - address_of(start);
  return static_cast<UINTN>(limit_bytes < to_end ? limit_bytes : to_end);
}

}  // namespace

Maybe<SecHobs> plan_sec_hobs(const EFI_SEC_HOB_DATA_PPI* ppi, const AddressRange& heap,
                             UINT64 room_bytes) {
  EFI_HOB_GENERIC_HEADER* first = nullptr;
  if (ppi == nullptr || ppi->GetHobs(ppi, &first) != EFI_SUCCESS) return SecHobs{};
  if (first == nullptr) return {};

  const UINTN limit_bytes = readable_bytes(first, room_bytes + sizeof(EFI_HOB_GENERIC_HEADER));
  const HobList list(reinterpret_cast<const UINT8*>(first), limit_bytes);
  HobWalk walk(list);
  while (walk.on_hob() && is_acceptable(walk.hob())) walk.advance();
  if (walk.on_hob() || walk.is_broken()) return {};
  const UINT64 list_bytes = UINT64{walk.offset()} + sizeof(EFI_HOB_GENERIC_HEADER);
  const AddressRange place = *AddressRange::sized(address_of(first), list_bytes);
  if (place.overlaps(heap)) return {};
  return SecHobs{list, walk.offset()};
}

void commit_sec_hobs(Arena& arena, const SecHobs& hobs) {
  for (UINTN offset = 0; offset < hobs.hob_bytes;) {
    const EFI_HOB_GENERIC_HEADER* const hob = *hobs.list.at(offset);
    EFI_HOB_GENERIC_HEADER& copy = arena.append(hob->HobType, hob->HobLength);
    copy_bytes(&copy, hob, hob->HobLength);
    offset += hob->HobLength;
  }
}

}  // namespace pei
