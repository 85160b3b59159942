/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * The part of PI 1.8 that this target needs, in C: layouts, numbers and the services table, spelled
 * as the specification spells them. Quotation only: no logic.
 */
#ifndef FIRST_FIT_PEI_H_
#define FIRST_FIT_PEI_H_

#include <stddef.h>
#include <stdint.h>

#if defined(__x86_64__)
#define EFIAPI __attribute__((ms_abi))
#else
#define EFIAPI
#endif

typedef uintptr_t EFI_STATUS;
#define EFI_ERROR_BIT (~(~(EFI_STATUS)0 >> 1))
#define EFI_SUCCESS ((EFI_STATUS)0)
#define EFI_INVALID_PARAMETER (EFI_ERROR_BIT | 2)
#define EFI_OUT_OF_RESOURCES (EFI_ERROR_BIT | 9)
#define EFI_ALREADY_STARTED (EFI_ERROR_BIT | 20)

#define EFI_PAGE_SIZE UINT64_C(0x1000)

typedef struct EFI_GUID {
  uint32_t Data1;
  uint16_t Data2;
  uint16_t Data3;
  uint8_t Data4[8];
} EFI_GUID;

/* UEFI 2.10 7.2: what AllocatePages gives, and what is free. */
enum {
  EfiReservedMemoryType = 0,
  EfiBootServicesData = 4,
  EfiRuntimeServicesCode = 5,
  EfiRuntimeServicesData = 6,
  EfiConventionalMemory = 7,
  EfiACPIReclaimMemory = 9,
  EfiACPIMemoryNVS = 10
};

/* PI 1.8 Vol 3 chapter 5. */
enum {
  EFI_HOB_TYPE_HANDOFF = 0x0001,
  EFI_HOB_TYPE_MEMORY_ALLOCATION = 0x0002,
  EFI_HOB_TYPE_MEMORY_POOL = 0x0007,
  EFI_HOB_TYPE_UNUSED = 0xfffe,
  EFI_HOB_TYPE_END_OF_HOB_LIST = 0xffff
};
#define EFI_HOB_HANDOFF_TABLE_VERSION 9u

typedef struct EFI_HOB_GENERIC_HEADER {
  uint16_t HobType;
  uint16_t HobLength; /* header included, a multiple of 8 */
  uint32_t Reserved;
} EFI_HOB_GENERIC_HEADER;

typedef struct EFI_HOB_HANDOFF_INFO_TABLE {
  EFI_HOB_GENERIC_HEADER Header;
  uint32_t Version;
  uint32_t BootMode;
  uint64_t EfiMemoryTop;
  uint64_t EfiMemoryBottom;
  uint64_t EfiFreeMemoryTop;
  uint64_t EfiFreeMemoryBottom;
  uint64_t EfiEndOfHobList;
} EFI_HOB_HANDOFF_INFO_TABLE;
_Static_assert(sizeof(EFI_HOB_HANDOFF_INFO_TABLE) == 56, "PHIT");

typedef struct EFI_HOB_MEMORY_ALLOCATION {
  EFI_HOB_GENERIC_HEADER Header;
  EFI_GUID Name;
  uint64_t MemoryBaseAddress;
  uint64_t MemoryLength;
  uint32_t MemoryType;
  uint8_t Reserved[4];
} EFI_HOB_MEMORY_ALLOCATION;
_Static_assert(sizeof(EFI_HOB_MEMORY_ALLOCATION) == 48, "memory allocation HOB");

/* PI 1.8 Vol 1 13.3.1. */
typedef struct EFI_SEC_PEI_HAND_OFF {
  uint16_t DataSize;
  void* BootFirmwareVolumeBase;
  uintptr_t BootFirmwareVolumeSize;
  void* TemporaryRamBase;
  uintptr_t TemporaryRamSize;
  void* PeiTemporaryRamBase; /* the heap */
  uintptr_t PeiTemporaryRamSize;
  void* StackBase;
  uintptr_t StackSize;
} EFI_SEC_PEI_HAND_OFF;

/* PI 1.8 Vol 1 4.5 and 7. */
#define EFI_PEI_PPI_DESCRIPTOR_TERMINATE_LIST ((uintptr_t)0x80000000)

typedef struct EFI_PEI_PPI_DESCRIPTOR {
  uintptr_t Flags;
  const EFI_GUID* Guid;
  void* Ppi;
} EFI_PEI_PPI_DESCRIPTOR;

typedef struct EFI_SEC_HOB_DATA_PPI EFI_SEC_HOB_DATA_PPI;
struct EFI_SEC_HOB_DATA_PPI {
  EFI_STATUS(EFIAPI* GetHobs)
  (const EFI_SEC_HOB_DATA_PPI* This, EFI_HOB_GENERIC_HEADER** HobList);
};

/* PI 1.8 Vol 1 4.2: what is not a memory service keeps its place as a pointer. */
typedef struct EFI_PEI_SERVICES EFI_PEI_SERVICES;
struct EFI_PEI_SERVICES {
  uint64_t Signature;
  uint32_t Revision;
  uint32_t HeaderSize;
  uint32_t CRC32;
  uint32_t Reserved;
  const void* Ppis[4];
  EFI_STATUS(EFIAPI* GetBootMode)(const EFI_PEI_SERVICES** PeiServices, uint32_t* BootMode);
  EFI_STATUS(EFIAPI* SetBootMode)(const EFI_PEI_SERVICES** PeiServices, uint32_t BootMode);
  EFI_STATUS(EFIAPI* GetHobList)(const EFI_PEI_SERVICES** PeiServices, void** HobList);
  EFI_STATUS(EFIAPI* CreateHob)
  (const EFI_PEI_SERVICES** PeiServices, uint16_t Type, uint16_t Length, void** Hob);
  const void* Ffs[3];
  EFI_STATUS(EFIAPI* InstallPeiMemory)
  (const EFI_PEI_SERVICES** PeiServices, uint64_t MemoryBegin, uint64_t MemoryLength);
  EFI_STATUS(EFIAPI* AllocatePages)
  (const EFI_PEI_SERVICES** PeiServices, uint32_t MemoryType, uintptr_t Pages, uint64_t* Memory);
  EFI_STATUS(EFIAPI* AllocatePool)
  (const EFI_PEI_SERVICES** PeiServices, uintptr_t Size, void** Buffer);
  void(EFIAPI* CopyMem)(void* Destination, void* Source, uintptr_t Length);
  void(EFIAPI* SetMem)(void* Buffer, uintptr_t Size, uint8_t Value);
  const void* Others[11];
  EFI_STATUS(EFIAPI* FreePages)
  (const EFI_PEI_SERVICES** PeiServices, uint64_t Memory, uintptr_t Pages);
};
_Static_assert(offsetof(EFI_PEI_SERVICES, FreePages) == 24 + 27 * sizeof(void*), "services");

#endif /* FIRST_FIT_PEI_H_ */
