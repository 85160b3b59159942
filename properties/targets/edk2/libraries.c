/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * Libraries of EDK II that have nothing to do with memory, or that a host replaces. For each other
 * function that the core calls and no source defines, the build makes one that stops the boot.
 */
#include <PeiMain.h>

#include "properties/targets/edk2/adapter.h"

EFI_STATUS EFIAPI HobnailPeim(IN EFI_PEI_FILE_HANDLE File, IN CONST EFI_PEI_SERVICES** Services);

/* BaseLib. The new stack keeps the copy of SEC's; a host goes on where it is. */
VOID EFIAPI SwitchStack(IN SWITCH_STACK_ENTRY_POINT EntryPoint, IN VOID* Context1 OPTIONAL,
                        IN VOID* Context2 OPTIONAL, IN VOID* NewStack, ...) {
  EntryPoint(Context1, Context2);
}

/* PeiCoreEntryPoint */
VOID EFIAPI _ModuleEntryPoint(IN CONST EFI_SEC_PEI_HAND_OFF* SecCoreData,
                              IN CONST EFI_PEI_PPI_DESCRIPTOR* PpiList) {}
VOID EFIAPI ProcessLibraryConstructorList(IN EFI_PEI_FILE_HANDLE FileHandle,
                                          IN CONST EFI_PEI_SERVICES** PeiServices) {}

/* PeCoffLib: every image is the harness. */
RETURN_STATUS EFIAPI PeCoffLoaderGetImageInfo(IN OUT PE_COFF_LOADER_IMAGE_CONTEXT* ImageContext) {
  ImageContext->ImageAddress = (UINTN)ImageContext->Handle;
  ImageContext->RelocationsStripped = TRUE;
  ImageContext->IsTeImage = TRUE;
  return RETURN_SUCCESS;
}
RETURN_STATUS EFIAPI PeCoffLoaderLoadImage(IN OUT PE_COFF_LOADER_IMAGE_CONTEXT* ImageContext) {
  ImageContext->EntryPoint = (UINTN)HobnailPeim;
  return RETURN_SUCCESS;
}
RETURN_STATUS EFIAPI PeCoffLoaderRelocateImage(IN OUT PE_COFF_LOADER_IMAGE_CONTEXT* ImageContext) {
  return RETURN_SUCCESS;
}
UINT16 EFIAPI PeCoffLoaderGetMachineType(IN VOID* Pe32Data) { return EFI_IMAGE_MACHINE_X64; }
VOID* EFIAPI PeCoffLoaderGetPdbPointer(IN VOID* Pe32Data) { return NULL; }
