// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The PEI Services Table and SEC's hand-off, PI 1.8 Vol 1 sections 4.1, 4.2 and 13.3; the order of
// the entries is that of docs/pei-semantics.md 1.6. Quotation only: no logic.
//
// Services that Hobnail does not drive keep their slot as an untyped pointer: an offset is a
// contract.
#pragma once

#include "core/pi/types.h"

namespace pei {

struct EFI_TABLE_HEADER {
  UINT64 Signature;
  UINT32 Revision;
  UINT32 HeaderSize;
  UINT32 CRC32;
  UINT32 Reserved;
};
static_assert(sizeof(EFI_TABLE_HEADER) == 24);

inline constexpr UINT64 PEI_SERVICES_SIGNATURE = 0x5652455320494550;  // "PEI SERV"
inline constexpr UINT32 PEI_SERVICES_REVISION = (1U << 16) | 80;      // PI 1.80

struct EFI_PEI_SERVICES;

using EFI_PEI_GET_BOOT_MODE = EFI_STATUS(EFIAPI*)(const EFI_PEI_SERVICES** PeiServices,
                                                  EFI_BOOT_MODE* BootMode);
using EFI_PEI_SET_BOOT_MODE = EFI_STATUS(EFIAPI*)(const EFI_PEI_SERVICES** PeiServices,
                                                  EFI_BOOT_MODE BootMode);
using EFI_PEI_GET_HOB_LIST = EFI_STATUS(EFIAPI*)(const EFI_PEI_SERVICES** PeiServices,
                                                 VOID** HobList);
using EFI_PEI_CREATE_HOB = EFI_STATUS(EFIAPI*)(const EFI_PEI_SERVICES** PeiServices, UINT16 Type,
                                               UINT16 Length, VOID** Hob);
using EFI_PEI_INSTALL_PEI_MEMORY = EFI_STATUS(EFIAPI*)(const EFI_PEI_SERVICES** PeiServices,
                                                       EFI_PHYSICAL_ADDRESS MemoryBegin,
                                                       UINT64 MemoryLength);
using EFI_PEI_ALLOCATE_PAGES = EFI_STATUS(EFIAPI*)(const EFI_PEI_SERVICES** PeiServices,
                                                   EFI_MEMORY_TYPE MemoryType, UINTN Pages,
                                                   EFI_PHYSICAL_ADDRESS* Memory);
using EFI_PEI_FREE_PAGES = EFI_STATUS(EFIAPI*)(const EFI_PEI_SERVICES** PeiServices,
                                               EFI_PHYSICAL_ADDRESS Memory, UINTN Pages);
using EFI_PEI_ALLOCATE_POOL = EFI_STATUS(EFIAPI*)(const EFI_PEI_SERVICES** PeiServices, UINTN Size,
                                                  VOID** Buffer);
using EFI_PEI_COPY_MEM = VOID(EFIAPI*)(VOID* Destination, VOID* Source, UINTN Length);
using EFI_PEI_SET_MEM = VOID(EFIAPI*)(VOID* Buffer, UINTN Size, UINT8 Value);

struct EFI_PEI_SERVICES {
  EFI_TABLE_HEADER Hdr;

  VOID* InstallPpi;
  VOID* ReInstallPpi;
  VOID* LocatePpi;
  VOID* NotifyPpi;

  EFI_PEI_GET_BOOT_MODE GetBootMode;
  EFI_PEI_SET_BOOT_MODE SetBootMode;

  EFI_PEI_GET_HOB_LIST GetHobList;
  EFI_PEI_CREATE_HOB CreateHob;

  VOID* FfsFindNextVolume;
  VOID* FfsFindNextFile;
  VOID* FfsFindSectionData;

  EFI_PEI_INSTALL_PEI_MEMORY InstallPeiMemory;
  EFI_PEI_ALLOCATE_PAGES AllocatePages;
  EFI_PEI_ALLOCATE_POOL AllocatePool;
  EFI_PEI_COPY_MEM CopyMem;
  EFI_PEI_SET_MEM SetMem;

  VOID* ReportStatusCode;
  VOID* ResetSystem;
  VOID* CpuIo;
  VOID* PciCfg;

  VOID* FfsFindFileByName;
  VOID* FfsGetFileInfo;
  VOID* FfsGetVolumeInfo;
  VOID* RegisterForShadow;
  VOID* FindSectionData3;
  VOID* FfsGetFileInfo2;
  VOID* ResetSystem2;

  EFI_PEI_FREE_PAGES FreePages;  // last, because PI 1.6 added it
};
static_assert(offsetof(EFI_PEI_SERVICES, GetBootMode) == 24 + 4 * sizeof(void*));
static_assert(offsetof(EFI_PEI_SERVICES, GetHobList) == 24 + 6 * sizeof(void*));
static_assert(offsetof(EFI_PEI_SERVICES, InstallPeiMemory) == 24 + 11 * sizeof(void*));
static_assert(offsetof(EFI_PEI_SERVICES, SetMem) == 24 + 15 * sizeof(void*));
static_assert(offsetof(EFI_PEI_SERVICES, FreePages) == 24 + 27 * sizeof(void*));
static_assert(sizeof(EFI_PEI_SERVICES) == 24 + 28 * sizeof(void*));

// PI 1.8 Vol 1 section 13.3.1. Native widths.
struct EFI_SEC_PEI_HAND_OFF {
  UINT16 DataSize;  // bytes of this structure
  VOID* BootFirmwareVolumeBase;
  UINTN BootFirmwareVolumeSize;
  VOID* TemporaryRamBase;  // all temporary RAM
  UINTN TemporaryRamSize;
  VOID* PeiTemporaryRamBase;  // the part that becomes PEI's heap
  UINTN PeiTemporaryRamSize;
  VOID* StackBase;  // SEC's stack: its lowest address
  UINTN StackSize;
};
static_assert(offsetof(EFI_SEC_PEI_HAND_OFF, BootFirmwareVolumeBase) == sizeof(void*));
static_assert(offsetof(EFI_SEC_PEI_HAND_OFF, TemporaryRamBase) == 3 * sizeof(void*));
static_assert(offsetof(EFI_SEC_PEI_HAND_OFF, PeiTemporaryRamBase) == 5 * sizeof(void*));
static_assert(offsetof(EFI_SEC_PEI_HAND_OFF, StackBase) == 7 * sizeof(void*));
static_assert(sizeof(EFI_SEC_PEI_HAND_OFF) == 9 * sizeof(void*));

// PI 1.8 Vol 1 section 4.5 "PPI Services".
struct EFI_PEI_PPI_DESCRIPTOR {
  UINTN Flags;
  EFI_GUID* Guid;
  VOID* Ppi;
};
static_assert(sizeof(EFI_PEI_PPI_DESCRIPTOR) == 3 * sizeof(void*));

}  // namespace pei
