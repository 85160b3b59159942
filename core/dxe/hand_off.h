// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// HandOff: PEI's HOB list as its consumer receives it, and whether it is usable.
//
//   bytes (a copy, or the list itself)        the place of the original, from the PHIT
//   | PHIT | HOB | ... | END | unread |       | EfiMemoryBottom <= list | gap | pages | top |
//   0                  end_offset              phit_address = EfiEndOfHobList - end_offset
//
// Invariant: the bytes are read, never trusted. No length is followed before it was checked, no
// byte outside is read, no sum wraps. Once a HandOff is sound, every HOB of it has the length that
// its type has, so a walk over it needs no check of lengths (docs/pei-semantics.md 1.2, 4.4;
// EDK II checks none of this).
#pragma once

#include "core/address.h"
#include "core/hob_list.h"

namespace pei::dxe {

enum class HandOffFlaw : UINT8 {
  None,
  BrokenHob,        // at a HOB that is not whole
  NoEnd,            // at the end of the bytes
  NoPhit,           // at 0
  SecondPhit,       // at that HOB
  WrongLength,      // at a HOB without the length of its type
  MisplacedEnd,     // at EfiEndOfHobList: no list that ends there can start at a multiple of 8
  FreeBottom,       // at EfiFreeMemoryBottom: it is below the end of the list
  CursorOrder,      // at the first field of the PHIT that is below one that it must not be below
  NoCpu,            // at END
  CpuTooWide,       // at SizeOfMemorySpace: more than 64 bits
  TooManyHobs,      // at the first HOB that the storage cannot hold
  TooManyRanges,    // at 0: the storage cannot hold the map
  NoMemoryAtGap,    // at EfiFreeMemoryBottom: PEI's free memory lies in no tested system memory
  NoRoomToStartIn,  // at the resource that holds PEI's memory: no first region is large enough
};

// One sentence without a full stop, in static storage. Never nullptr.
[[nodiscard]] const char* text_of(HandOffFlaw flaw);

struct HandOffError {
  HandOffFlaw flaw = HandOffFlaw::None;
  UINTN offset = 0;  // bytes from the start of the list, at most its size

  [[nodiscard]] constexpr bool none() const { return flaw == HandOffFlaw::None; }
};

struct HandOff {
  HobList list = HobList(nullptr, 0);
  UINTN end_offset = 0;             // of the END HOB
  UINT64 phit_address = 0;          // where the list lay when PEI ended, a multiple of 8
  EFI_HOB_HANDOFF_INFO_TABLE phit;  // a copy
  UINT64 limit = 0;                 // no page at or above: 2^SizeOfMemorySpace; a multiple of 4 KiB
};

// Judges `size_bytes` bytes at `bytes` (8-aligned, or they are a broken HOB). Bytes behind END are
// not read. `hand_off` is complete only when there is no error.
[[nodiscard]] HandOffError judge_hand_off(const UINT8* bytes, UINTN size_bytes, HandOff& hand_off);

}  // namespace pei::dxe
