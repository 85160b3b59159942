// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// PageTables: the address space of the bare machine, so that a board's memory lies at the board's
// addresses wherever the machine has memory. Both processors have the same four levels of 512
// entries for 48 bits; the bits of an entry differ (processor.h).
//
//   address  | 9 bits | 9 bits | 9 bits | 9 bits | 12 bits in the page |
//
// Invariant: what is not mapped faults. Tables are identity-mapped, as a part of the image.
#pragma once

#include "core/pi/types.h"

namespace hobnail::bare {

class PageTables {
 public:
  // Nothing is mapped.
  void clear();
  // Maps [address, end) to memory from `physical` on. All are multiples of 4 KiB.
  void map(pei::UINT64 address, pei::UINT64 end, pei::UINT64 physical, pei::UINT64 bits);
  void unmap(pei::UINT64 address, pei::UINT64 end);
  // The processor takes them, and forgets what it has read of others.
  void activate() const;

 private:
  static constexpr pei::UINTN kEntries = 512;
  static constexpr pei::UINTN kMostTables = 512;  // of all boards; 256 MiB take 128

  struct alignas(0x1000) Table {
    pei::UINT64 entries[kEntries];
  };

  [[nodiscard]] pei::UINT64& entry_of(pei::UINT64 address);
  [[nodiscard]] pei::UINT64 new_table();

  Table tables_[kMostTables];
  pei::UINTN count_ = 0;
};

}  // namespace hobnail::bare
