/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * MdePkg's DxeHobLib as a reader of lists: a driver that finds the list in the system table.
 */
#include <PiDxe.h>

#include <Library/HobLib.h>
#include <Library/UefiLib.h>

#include "properties/consumers/edk2/adapter.h"

GUID gEfiCallerIdGuid;
CHAR8* gEfiCallerBaseName = "HobLib";

const char* const edk2_name = "EDK II's HobLib";
const int edk2_has_map = 0;

STATIC VOID* mList;

/* UefiLib */
EFI_STATUS EFIAPI EfiGetSystemConfigurationTable(IN EFI_GUID* TableGuid, OUT VOID** Table) {
  *Table = mList;
  return EFI_SUCCESS;
}

void edk2_take_over(void* list) {
  mList = list;
  GetHobList();
}

uint64_t edk2_get_memory_map(uint64_t* bytes, void* buffer, uint64_t* key, uint64_t* stride) {
  return EFI_UNSUPPORTED;
}
edk2_memory edk2_entry(const void* descriptor) { return (edk2_memory){0}; }
uint64_t edk2_exit_boot_services(uint64_t key) { return EFI_UNSUPPORTED; }
