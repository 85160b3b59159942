// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Claims: the meaning of each HOB for whole pages (docs/pei-semantics.md 4.3, the table).
//
//   what protects is rounded outward:      |...####|########|#...    |  ->  3 pages
//   what offers memory is rounded inward:  |   ====|========|=       |  ->  1 page
//
// A resource descriptor of either version describes memory in the same way; the second adds
// attributes. Beside one of the first version for the same range it describes it once more.
//
// Decided differently from EDK II, which drops what it cannot place: an allocation that is not made
// of whole pages protects every page it touches; one whose end wraps protects all above its base; a
// memory type that is not assigned is kept as Reserved. An offer that wraps is ignored: the end of
// that memory is unknown. SPECIAL_PURPOSE is a bit of tested memory, and makes no other memory
// tested.
//
// Invariant: base < end, both multiples of 4 KiB, end at most the limit of the hand-off.
#pragma once

#include "core/dxe/hand_off.h"
#include "core/dxe/rejections.h"

namespace pei::dxe {

// The resources from the one that gives most to the one that gives least; then the others.
enum class ClaimKind : UINT8 {
  SystemMemory,  // tested
  Persistent,
  Unaccepted,
  Untested,  // shown as Reserved
  Reserved,
  Device,  // memory-mapped I/O and flash: not shown
  Allocation,
  Bin,  // system memory that is shown as a bin's type while it is free
};

[[nodiscard]] constexpr bool is_resource(ClaimKind kind) { return kind <= ClaimKind::Device; }
// True for resources of which the operating system may use unallocated memory.
[[nodiscard]] constexpr bool is_offer(ClaimKind kind) { return kind <= ClaimKind::Unaccepted; }

struct Claim {
  UINT64 base = 0;
  UINT64 end = 0;
  UINT64 attribute = 0;    // of a resource: EFI_MEMORY_* bits
  UINTN offset = 0;        // of the HOB
  Claim* below = nullptr;  // for map_sweep.h: the next one of those that are open
  UINT32 type = 0;         // what its pages are shown as
  ClaimKind kind = ClaimKind::Device;
  bool of_bins = false;      // a resource that a platform has set apart for bins
  bool second = false;       // a resource descriptor of the second version
  bool may_double = false;   // an allocation that DxeIpl makes beside another: module or stack
  bool is_reported = false;  // its overlap is among the rejections
  bool in_offer = false;     // an allocation: a page of it is memory that is given out, ...
  bool in_other = false;     // ... or in a resource that is not, ...
  bool in_nothing = false;   // ... or in none
};

class Claims {
 public:
  constexpr Claims(Claim* storage, UINTN capacity) : storage_(storage), capacity_(capacity) {}

  // False when there is no room.
  [[nodiscard]] bool add(const Claim& claim) {
    if (count_ == capacity_) return false;
    storage_[count_] = claim;
    count_ += 1;
    return true;
  }
  [[nodiscard]] constexpr UINTN count() const { return count_; }
  [[nodiscard]] constexpr Claim& at(UINTN index) const { return storage_[index]; }

 private:
  Claim* storage_;
  UINTN capacity_;
  UINTN count_ = 0;
};

// The claims of a sound list, in its order. The error when one does not fit.
[[nodiscard]] HandOffError collect_claims(const HandOff& hand_off, Claims& claims,
                                          Rejections& rejections);

// The HOB as a resource descriptor of either version, or nullptr. Of a sound list.
[[nodiscard]] const EFI_HOB_RESOURCE_DESCRIPTOR* as_resource(const EFI_HOB_GENERIC_HEADER* hob);

// True for system memory that memory may be taken from at once: present, initialised, tested, and
// not persistent.
[[nodiscard]] bool is_tested_memory(const EFI_HOB_RESOURCE_DESCRIPTOR& resource);

// True for a resource that a platform, or PEI, has set apart for bins. One that holds the PHIT is
// memory like any other, whoever owns it, and no home for bins: see holds_list.
[[nodiscard]] bool is_of_bins(const EFI_HOB_RESOURCE_DESCRIPTOR& resource);

// True when the HOB list began in this resource.
[[nodiscard]] bool holds_list(const HandOff& hand_off, const EFI_HOB_RESOURCE_DESCRIPTOR& resource);

}  // namespace pei::dxe
