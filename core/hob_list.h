// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// HobList: a read-only view over bytes that should be a HOB list, and HobWalk, the way through it.
//
//   offset 0                                              size_bytes
//   | len u16 | body ... | len u16 | body ... | END 8 |......|
//     `-- checked here: >= 8, a multiple of 8, inside the view
//
// Invariant: no length is trusted before it was checked, no step is shorter than 8 bytes, and no
// byte outside the view is read. The same code reads the core's own list and malformed lists.
#pragma once

#include "core/maybe.h"
#include "core/pi/hob.h"

namespace pei {

inline constexpr UINTN kHobAlignmentBytes = 8;
inline constexpr UINT16 kLongestHobBytes = 0xFFF8;

class HobList {
 public:
  // `bytes` must be 8-aligned for anything to be found. The bytes may hold anything.
  constexpr HobList(const UINT8* bytes, UINTN size_bytes)
      : bytes_(bytes), size_bytes_(size_bytes) {}

  // The HOB that starts `offset` bytes into the view; nothing when it is not whole: no room for a
  // header, a length below 8 or not a multiple of 8, or an end outside the view.
  [[nodiscard]] Maybe<const EFI_HOB_GENERIC_HEADER*> at(UINTN offset) const;

  // The offset of the first HOB of this type and length at or after `from`, the offset of a HOB.
  // Nothing when END, or the first flaw, comes before it.
  [[nodiscard]] Maybe<UINTN> find(UINT16 type, UINT16 length_bytes, UINTN from) const;

 private:
  const UINT8* bytes_;
  UINTN size_bytes_;
};

// Use: for (HobWalk walk(list); walk.on_hob(); walk.advance()) { ... walk.hob() ... }
//      and then walk.is_broken() is false if the walk reached END.
class HobWalk {
 public:
  // Starts `offset` bytes into the list, where a HOB starts.
  explicit HobWalk(const HobList& list, UINTN offset = 0)
      : list_(list), offset_(offset), hob_(list.at(offset)) {}

  // True when it stands on a whole HOB that is not END.
  [[nodiscard]] bool on_hob() const {
    return hob_ && (*hob_)->HobType != EFI_HOB_TYPE_END_OF_HOB_LIST;
  }
  // True when what is at offset() is no whole HOB.
  [[nodiscard]] bool is_broken() const { return !hob_; }
  // Where it stands, in bytes from the start of the view; at the flaw when it is broken.
  [[nodiscard]] UINTN offset() const { return offset_; }
  [[nodiscard]] const EFI_HOB_GENERIC_HEADER* hob() const { return *hob_; }

  // Only while on_hob().
  void advance();

 private:
  HobList list_;
  UINTN offset_;
  Maybe<const EFI_HOB_GENERIC_HEADER*> hob_;
};

// The HOB as a memory allocation, or nullptr: of another type, or too short to be one (48 bytes).
// A module's (72 bytes) starts with the same fields and is one too.
[[nodiscard]] const EFI_HOB_MEMORY_ALLOCATION* as_memory_allocation(
    const EFI_HOB_GENERIC_HEADER* hob);

}  // namespace pei
