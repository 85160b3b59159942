// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// MemoryTypeInformation: how many pages of which type a platform expects to need at run time, so
// that the memory map stays the same from boot to boot. An industry convention beside PI: EDK II's
// MdeModulePkg Guid/MemoryTypeInformation.h. Quotation only: no logic.
#pragma once

#include "core/pi/types.h"

namespace pei {

// Names the GUID HOB that holds the table, the resource HOB of the bins, and the allocation HOBs of
// types that have a bin.
inline constexpr EFI_GUID EFI_MEMORY_TYPE_INFORMATION_GUID = {
    0x4c19049f, 0x4137, 0x4dd3, {0x9c, 0x10, 0x8b, 0x97, 0xa8, 0x3f, 0xfd, 0xfa}};

// An entry; the table ends with one of type EfiMaxMemoryType.
struct EFI_MEMORY_TYPE_INFORMATION {
  UINT32 Type;           // EFI_MEMORY_TYPE
  UINT32 NumberOfPages;  // of 4 KiB
};
static_assert(sizeof(EFI_MEMORY_TYPE_INFORMATION) == 8);
static_assert(offsetof(EFI_MEMORY_TYPE_INFORMATION, NumberOfPages) == 4);

// Entries that a table has at most: each type once, and the one that ends it.
inline constexpr UINTN kMemoryTypeInformationEntriesMax = EfiMaxMemoryType + 1;

}  // namespace pei
