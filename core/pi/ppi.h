// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// PPIs that SEC may hand to the PEI core and that its memory services heed: how temporary RAM is
// moved by the platform, that memory is permanent from the start, and HOBs that SEC has built.
// PI 1.8 Vol 1 sections 4.5, 6 and 7. Quotation only: no logic.
#pragma once

#include "core/pi/hob.h"
#include "core/pi/pei_services.h"

namespace pei {

// Flags of an EFI_PEI_PPI_DESCRIPTOR: it is a PPI, and it is the last one of its list.
inline constexpr UINTN EFI_PEI_PPI_DESCRIPTOR_PPI = 0x00000010;
inline constexpr UINTN EFI_PEI_PPI_DESCRIPTOR_TERMINATE_LIST = 0x80000000;

// In SEC's list: PEI runs from permanent memory already, nothing will migrate. No interface.
inline constexpr EFI_GUID EFI_PEI_PERMANENT_MEMORY_INSTALLED_PPI_GUID = {
    0xf894643d, 0xc449, 0x42d1, {0x8e, 0xa8, 0x85, 0xbd, 0xd8, 0xc6, 0x5b, 0xde}};

// The platform moves temporary RAM. Afterwards an image of all `CopySize` bytes of temporary RAM
// lies at `PermanentMemoryBase`, and the old stack's image at its bottom, the heap's directly above
// (docs/pei-semantics.md 3.4).
inline constexpr EFI_GUID EFI_PEI_TEMPORARY_RAM_SUPPORT_PPI_GUID = {
    0xdbe23aa9, 0xa345, 0x4b97, {0x85, 0xb6, 0xb2, 0x26, 0xf1, 0x61, 0x73, 0x89}};

using TEMPORARY_RAM_MIGRATION = EFI_STATUS(EFIAPI*)(const EFI_PEI_SERVICES** PeiServices,
                                                    EFI_PHYSICAL_ADDRESS TemporaryMemoryBase,
                                                    EFI_PHYSICAL_ADDRESS PermanentMemoryBase,
                                                    UINTN CopySize);
struct EFI_PEI_TEMPORARY_RAM_SUPPORT_PPI {
  TEMPORARY_RAM_MIGRATION TemporaryRamMigration;
};
static_assert(sizeof(EFI_PEI_TEMPORARY_RAM_SUPPORT_PPI) == sizeof(void*));

// HOBs that SEC has built: a list of HOBs that ends with END and has no PHIT.
inline constexpr EFI_GUID EFI_SEC_HOB_DATA_PPI_GUID = {
    0x3ebdaf20, 0x6667, 0x40d8, {0xb4, 0xee, 0xf5, 0x99, 0x9a, 0xc1, 0xb7, 0x1f}};

struct EFI_SEC_HOB_DATA_PPI;
using EFI_SEC_HOB_DATA_GET = EFI_STATUS(EFIAPI*)(const EFI_SEC_HOB_DATA_PPI* This,
                                                 EFI_HOB_GENERIC_HEADER** HobList);
struct EFI_SEC_HOB_DATA_PPI {
  EFI_SEC_HOB_DATA_GET GetHobs;
};
static_assert(sizeof(EFI_SEC_HOB_DATA_PPI) == sizeof(void*));

}  // namespace pei
