// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Rejections: the HOBs that were not used as written, and why, in the embedder's storage. A
// rejected HOB keeps its effect: what it protects stays protected. EDK II ignores the status
// of each step and loses memory, or gives live memory away (docs/pei-semantics.md 4.3).
//
// Invariant: all are counted; the first ones, as many as fit, are kept, in the order found.
#pragma once

#include "core/pi/types.h"

namespace pei::dxe {

enum class RejectionReason : UINT8 {
  // Errors of the HOB itself. The first that applies is reported.
  ZeroLength,         // claims nothing
  Wraps,              // base and length exceed 2^64: protects all above its base, or offers nothing
  BeyondCpu,          // reaches past the width of addresses: cut there
  BelowAPage,         // protects the pages it touches, or offers nothing
  Unaligned,          // protects the pages it touches, or offers those that it fills
  UnknownType,        // a memory type from 16 up to the OEMs': protected as Reserved
  UnknownResource,    // of a type that PI does not assign: ignored
  UnusualAttributes,  // system memory that is neither present nor tested nor in between: ignored
  BadBinTable,        // MemoryTypeInformation that does not end, or repeats a type: ignored
  // Conflicts with other HOBs: the later one in the list is reported.
  OtherTypeBefore,   // an allocation shares pages with one of another type; the longer life wins
  DescribedTwice,    // with one of the same type, and not as DxeIpl does it
  OverlapsResource,  // a resource shares pages with another; what gives least wins
  // Where it lies.
  OutsideResources,     // an allocation in pages that no resource describes
  CrossesResources,     // an allocation that only a part of gets into the map
  ContentNotAllocated,  // a firmware volume or capsule in pages that come out as free
};

// One sentence without a full stop, in static storage. Never nullptr.
[[nodiscard]] const char* text_of(RejectionReason reason);

struct Rejection {
  UINTN offset;  // of the HOB, in bytes from the start of the list
  RejectionReason reason;
};

class Rejections {
 public:
  constexpr Rejections() = default;
  constexpr Rejections(Rejection* storage, UINTN capacity)
      : storage_(storage), capacity_(capacity) {}

  void add(UINTN offset, RejectionReason reason) {
    if (count_ < capacity_) storage_[count_] = {offset, reason};
    count_ += 1;
  }

  [[nodiscard]] constexpr UINTN count() const { return count_; }
  [[nodiscard]] constexpr UINTN kept() const { return count_ < capacity_ ? count_ : capacity_; }
  // Below kept().
  [[nodiscard]] constexpr const Rejection& at(UINTN index) const { return storage_[index]; }

 private:
  Rejection* storage_ = nullptr;
  UINTN capacity_ = 0;
  UINTN count_ = 0;
};

}  // namespace pei::dxe
