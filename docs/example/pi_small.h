/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * The handful of PI 1.8 layouts that bump_core.c needs. A real PEI core has these from its own
 * headers (EDK II: PiPei.h) and needs nothing of this file.
 */
#ifndef PI_SMALL_H_
#define PI_SMALL_H_

#include <stdint.h>

/* UEFI's calling convention. Forgotten on x86-64, every argument is in the wrong register. */
#if defined(__x86_64__)
#define EFIAPI __attribute__((ms_abi))
#else
#define EFIAPI
#endif

typedef uintptr_t EFI_STATUS; /* an error has the highest bit of the native word */
#define EFI_ERROR_BIT (~(~(EFI_STATUS)0 >> 1))
#define EFI_SUCCESS ((EFI_STATUS)0)
#define EFI_INVALID_PARAMETER (EFI_ERROR_BIT | 2)
#define EFI_OUT_OF_RESOURCES (EFI_ERROR_BIT | 9)
#define EFI_NOT_FOUND (EFI_ERROR_BIT | 14)

typedef struct {
  uint32_t Data1;
  uint16_t Data2, Data3;
  uint8_t Data4[8];
} EFI_GUID;

enum { EfiBootServicesData = 4, EfiRuntimeServicesData = 6, EfiConventionalMemory = 7 };
enum { EfiACPIReclaimMemory = 9, EfiACPIMemoryNVS = 10 };

enum { EFI_HOB_TYPE_HANDOFF = 1, EFI_HOB_TYPE_MEMORY_ALLOCATION = 2, EFI_HOB_TYPE_MEMORY_POOL = 7 };
enum { EFI_HOB_TYPE_UNUSED = 0xfffe, EFI_HOB_TYPE_END_OF_HOB_LIST = 0xffff };

typedef struct {
  uint16_t HobType, HobLength; /* the length counts this header, and is a multiple of 8 */
  uint32_t Reserved;
} HOB;

/* IA32 would align a uint64_t to 4; in a HOB it never shows, because no field lies unaligned. */
typedef struct {
  HOB Header;
  uint32_t Version, BootMode;
  uint64_t EfiMemoryTop, EfiMemoryBottom, EfiFreeMemoryTop, EfiFreeMemoryBottom, EfiEndOfHobList;
} PHIT;
_Static_assert(sizeof(PHIT) == 56, "EFI_HOB_HANDOFF_INFO_TABLE");

typedef struct {
  HOB Header;
  EFI_GUID Name;
  uint64_t MemoryBaseAddress, MemoryLength;
  uint32_t MemoryType, Reserved;
} MEMORY_HOB;
_Static_assert(sizeof(MEMORY_HOB) == 48, "EFI_HOB_MEMORY_ALLOCATION");

typedef struct {
  uint16_t DataSize;
  void* BootFirmwareVolumeBase;
  uintptr_t BootFirmwareVolumeSize;
  void* TemporaryRamBase;
  uintptr_t TemporaryRamSize;
  void* PeiTemporaryRamBase; /* of that, PEI's heap */
  uintptr_t PeiTemporaryRamSize;
  void* StackBase;
  uintptr_t StackSize;
} EFI_SEC_PEI_HAND_OFF;

typedef struct {
  uintptr_t Flags;
  EFI_GUID* Guid;
  void* Ppi;
} EFI_PEI_PPI_DESCRIPTOR;
#define EFI_PEI_PPI_DESCRIPTOR_TERMINATE_LIST 0x80000000u

/* EFI_PEI_SERVICES. The offset of each entry is the contract; the harness calls the named ones. */
typedef struct SERVICES SERVICES;
struct SERVICES {
  uint64_t Signature;
  uint32_t Revision, HeaderSize, Crc32, Reserved;
  void* PpiServices[4];
  EFI_STATUS(EFIAPI* GetBootMode)(const SERVICES**, uint32_t*);
  EFI_STATUS(EFIAPI* SetBootMode)(const SERVICES**, uint32_t);
  EFI_STATUS(EFIAPI* GetHobList)(const SERVICES**, void**);
  EFI_STATUS(EFIAPI* CreateHob)(const SERVICES**, uint16_t, uint16_t, void**);
  void* FfsServices[3];
  EFI_STATUS(EFIAPI* InstallPeiMemory)(const SERVICES**, uint64_t, uint64_t);
  EFI_STATUS(EFIAPI* AllocatePages)(const SERVICES**, uint32_t, uintptr_t, uint64_t*);
  EFI_STATUS(EFIAPI* AllocatePool)(const SERVICES**, uintptr_t, void**);
  void(EFIAPI* CopyMem)(void*, const void*, uintptr_t);
  void(EFIAPI* SetMem)(void*, uintptr_t, uint8_t);
  void* OtherServices[11];
  EFI_STATUS(EFIAPI* FreePages)(const SERVICES**, uint64_t, uintptr_t);
};
_Static_assert(sizeof(SERVICES) == 24 + 28 * sizeof(void*), "EFI_PEI_SERVICES");

#endif /* PI_SMALL_H_ */
