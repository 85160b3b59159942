// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// RangeMap: the memory map while firmware still owns it, in the embedder's storage.
//
//   at(0)            at(1)                 at(2)
//   [type|attribute) [type'|attribute) ... [type|attribute)      addresses grow -->
//
// Invariant: ascending, disjoint, whole pages, none empty; two that touch differ in type or
// attribute. Runtime types, and only they, have EFI_MEMORY_RUNTIME.
#pragma once

#include "core/address.h"
#include "core/pi/memory_map.h"

namespace pei::dxe {

class RangeMap {
 public:
  constexpr RangeMap() = default;
  constexpr RangeMap(EFI_MEMORY_DESCRIPTOR* storage, UINTN capacity)
      : storage_(storage), capacity_(capacity) {}

  [[nodiscard]] constexpr UINTN count() const { return count_; }
  [[nodiscard]] constexpr const EFI_MEMORY_DESCRIPTOR& at(UINTN index) const {
    return storage_[index];
  }
  [[nodiscard]] AddressRange range_at(UINTN index) const;

  // Puts pages, not none, at the end; nothing there lies higher. `attribute` without
  // EFI_MEMORY_RUNTIME, which comes from the type. False when there is no room.
  [[nodiscard]] bool append(UINT32 type, const AddressRange& pages, UINT64 attribute);

  // Gives a part of the range at `index` another type. False, and nothing changes, when there may
  // not be room for what remains on both sides.
  [[nodiscard]] bool retype(UINTN index, const AddressRange& part, UINT32 type);

 private:
  EFI_MEMORY_DESCRIPTOR* storage_ = nullptr;
  UINTN capacity_ = 0;
  UINTN count_ = 0;
};

}  // namespace pei::dxe
