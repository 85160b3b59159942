/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * What DxeMain() does with memory, in its order: the first region, the system table and the runtime
 * table in its pool, the GCD and the map of all memory. What it does between these calls, with its
 * image and handles, is left out: no DXE core lies in the memory of a simulated boot.
 */
#include <DxeMain.h>

#include "properties/consumers/edk2/adapter.h"

extern EFI_BOOT_SERVICES mBootServices;
extern EFI_SYSTEM_TABLE mEfiSystemTableTemplate;
extern EFI_RUNTIME_SERVICES mEfiRuntimeServicesTableTemplate;

GUID gEfiCallerIdGuid;
CHAR8* gEfiCallerBaseName = "DxeCore";

const char* const edk2_name = "EDK II's DXE core";
const int edk2_has_map = 1;

STATIC EFI_STATUS EFIAPI SetTimerPeriod(IN EFI_TIMER_ARCH_PROTOCOL* This, IN UINT64 TimerPeriod) {
  return EFI_SUCCESS;
}
STATIC EFI_STATUS EFIAPI SetInterrupt(IN EFI_CPU_ARCH_PROTOCOL* This) { return EFI_SUCCESS; }

STATIC EFI_TIMER_ARCH_PROTOCOL mTimer = {.SetTimerPeriod = SetTimerPeriod};
STATIC EFI_CPU_ARCH_PROTOCOL mCpu = {.EnableInterrupt = SetInterrupt,
                                     .DisableInterrupt = SetInterrupt};

/* DebugAgentLib */
BOOLEAN EFIAPI SaveAndSetDebugTimerInterrupt(IN BOOLEAN EnableStatus) { return FALSE; }

/* The assertions of DxeMain() that stand beside what is taken over from it. */
#ifdef MDEPKG_NDEBUG
#define DXE_MAIN_ASSERT(Expression) ((void)0)
#else
#define DXE_MAIN_ASSERT(Expression)                                         \
  do {                                                                      \
    if (!(Expression))                                                      \
      adapter_stop("MdeModulePkg/Core/Dxe/DxeMain/DxeMain.c", 0, "DxeMain", \
                   "ASSERT (" #Expression ")");                             \
  } while (0)
#endif

void edk2_take_over(void* list) {
  VOID* HobStart = list;
  EFI_PHYSICAL_ADDRESS MemoryBaseAddress;
  UINT64 MemoryLength;
  EFI_STATUS Status;

  gHobList = list; /* as DxeCoreEntryPoint sets it */
  CoreInitializeMemoryServices(&HobStart, &MemoryBaseAddress, &MemoryLength);
  MemoryProfileInit(HobStart);
  gDxeCoreST = AllocateRuntimeCopyPool(sizeof(EFI_SYSTEM_TABLE), &mEfiSystemTableTemplate);
  DXE_MAIN_ASSERT(gDxeCoreST != NULL);
  gDxeCoreRT =
      AllocateRuntimeCopyPool(sizeof(EFI_RUNTIME_SERVICES), &mEfiRuntimeServicesTableTemplate);
  DXE_MAIN_ASSERT(gDxeCoreRT != NULL);
  gDxeCoreST->RuntimeServices = gDxeCoreRT;
  gDxeCoreImageHandle = &gDxeCoreImageHandle; /* CoreInitializeImageServices: not NULL */
  Status = CoreInitializeGcdServices(&HobStart, MemoryBaseAddress, MemoryLength);
  DXE_MAIN_ASSERT(!EFI_ERROR(Status));
  gHobList = HobStart; /* older versions leave this to the system table */
  gST = gDxeCoreST;
  gBS = gDxeCoreST->BootServices;
}

uint64_t edk2_get_memory_map(uint64_t* bytes, void* buffer, uint64_t* key, uint64_t* stride) {
  UINTN Bytes = *bytes;
  UINTN Key = 0;
  UINTN Stride = 0;
  UINT32 Version;
  CONST EFI_STATUS Status = CoreGetMemoryMap(&Bytes, buffer, &Key, &Stride, &Version);

  *bytes = Bytes;
  *key = Key;
  *stride = Stride;
  return Status;
}

edk2_memory edk2_entry(const void* descriptor) {
  CONST EFI_MEMORY_DESCRIPTOR* CONST From = descriptor;
  CONST edk2_memory To = {From->Type, From->PhysicalStart, From->NumberOfPages, From->Attribute};

  return To;
}

/* The architecture's protocols are there by then. */
uint64_t edk2_exit_boot_services(uint64_t key) {
  gTimer = &mTimer;
  gCpu = &mCpu;
  gBS = &mBootServices;
  return CoreExitBootServices(gDxeCoreImageHandle, (UINTN)key);
}
