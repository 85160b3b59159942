// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// DxeMemory: the consumer of PEI's HOB list. It owns the memory map until ExitBootServices.
//
//   HOB list --take_over--> claims --sweep--> map --GetMemoryMap--> OS loader
//                 |                   |        `----ExitBootServices--> final map of the OS
//                 `-- flaw, offset    `-- rejections
//
// The list counts as copied: its bytes, the pools in it, the gap, and what was given back (type 7)
// come out as Conventional, and the map needs the list no longer.
//
// Invariant: a page that an allocation HOB calls live is never Conventional. The key stands for one
// state of the map, and changes with it.
#pragma once

#include "core/dxe/first_region.h"
#include "core/dxe/range_map.h"
#include "core/dxe/rejections.h"

namespace pei::dxe {

struct Claim;

// What the embedder gives. A list of n HOBs needs at most n + 9 claims and twice as many ranges;
// rejections that do not fit are counted, not kept.
struct Storage {
  Claim* claims = nullptr;
  UINTN claim_count = 0;
  EFI_MEMORY_DESCRIPTOR* ranges = nullptr;
  UINTN range_count = 0;
  Rejection* rejections = nullptr;
  UINTN rejection_count = 0;
};

// From one descriptor to the next in what GetMemoryMap returns: more than the structure, as EDK II
// does it, so that a caller that confuses the two fails.
inline constexpr UINTN kDescriptorStrideBytes = sizeof(EFI_MEMORY_DESCRIPTOR) + 8;

class DxeMemory {
 public:
  // A new boot. `runtime_granularity`: a power of two, 4 KiB to 1 GiB. The storage is written,
  // kept, and must outlive this. With an error all services are refused.
  [[nodiscard]] HandOffError take_over(const UINT8* bytes, UINTN size_bytes,
                                       UINT64 runtime_granularity, const Storage& storage);

  // The memory that DXE starts in.
  [[nodiscard]] const AddressRange& first_region() const { return first_region_; }
  // Of the list that was taken over last.
  [[nodiscard]] const Rejections& rejections() const { return rejections_; }

  // UEFI 2.10 section 7.2. Writes `*MemoryMapSize` bytes of descriptors, kDescriptorStrideBytes
  // apart, ascending, disjoint, merged. MapKey, DescriptorSize and DescriptorVersion may be NULL.
  //   EFI_BUFFER_TOO_SMALL   `*MemoryMapSize` has become the size that is needed; DescriptorSize
  //                          and DescriptorVersion are written too, MapKey is not
  //   EFI_INVALID_PARAMETER  MemoryMapSize is NULL, or MemoryMap is and the size would do
  //   EFI_UNSUPPORTED        no boot services: nothing taken over, or they have been exited
  EFI_STATUS GetMemoryMap(UINTN* MemoryMapSize, EFI_MEMORY_DESCRIPTOR* MemoryMap, UINTN* MapKey,
                          UINTN* DescriptorSize, UINT32* DescriptorVersion) const;

  // UEFI 2.10 section 7.2, AllocateAnyPages: the highest free memory, never a bin's. Types that
  // stay with the system at run time are aligned to the runtime granularity. Changes the key.
  //   EFI_INVALID_PARAMETER  Memory is NULL, or the type is none that can be allocated
  //   EFI_OUT_OF_RESOURCES   no such memory, or no storage for the ranges
  //   EFI_UNSUPPORTED        as above
  EFI_STATUS AllocatePages(EFI_MEMORY_TYPE MemoryType, UINTN Pages, EFI_PHYSICAL_ADDRESS* Memory);

  // UEFI 2.10 section 7.4. Afterwards the memory is the system's; see after_exit.h.
  //   EFI_INVALID_PARAMETER  MapKey is not that of the present map, or an entry of a runtime type
  //                          does not start and end on the runtime granularity; nothing changed
  //   EFI_UNSUPPORTED        as above
  EFI_STATUS ExitBootServices(UINTN MapKey);

 private:
  RangeMap map_;
  Rejections rejections_;
  AddressRange first_region_;
  UINT64 runtime_granularity_ = kPageBytes;
  UINTN map_key_ = 0;
  bool has_boot_services_ = false;
};

}  // namespace pei::dxe
