/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * What a platform gives PeiCore: SEC's hand-off, and a boot firmware volume with one PEIM. That
 * PEIM is the harness, and the dispatcher calls it again and again.
 */
#include <PeiMain.h>

#include "properties/targets/edk2/adapter.h"

#define PPIS_MAX 8

typedef struct {
  EFI_FIRMWARE_VOLUME_HEADER Volume;
  EFI_FV_BLOCK_MAP_ENTRY EndOfMap;
  EFI_FFS_FILE_HEADER File;
  EFI_COMMON_SECTION_HEADER Section;
  UINT8 Image[28]; /* never read: libraries.c loads images */
} BOOT_VOLUME;

STATIC BOOT_VOLUME mVolume;
STATIC CONST EFI_SEC_PEI_HAND_OFF* mSec;
STATIC CONST EFI_PEI_TEMPORARY_RAM_SUPPORT_PPI* mPlatform;

GUID gEfiCallerIdGuid;
CHAR8* gEfiCallerBaseName = "PeiCore";

STATIC VOID WriteFile(EFI_FFS_FILE_HEADER* File, EFI_COMMON_SECTION_HEADER* Section) {
  UINT8 Sum = 0;
  UINTN Index;

  File->Name.Data1 = 0x1;
  File->Type = EFI_FV_FILETYPE_PEIM;
  File->Size[0] = sizeof(BOOT_VOLUME) - OFFSET_OF(BOOT_VOLUME, File);
  Section->Size[0] = sizeof(BOOT_VOLUME) - OFFSET_OF(BOOT_VOLUME, Section);
  Section->Type = EFI_SECTION_TE;
  for (Index = 0; Index < sizeof(*File); Index++) Sum += ((UINT8*)File)[Index];
  File->IntegrityCheck.Checksum.Header = (UINT8)(0x100 - Sum);
  File->IntegrityCheck.Checksum.File = FFS_FIXED_CHECKSUM;
  File->State = EFI_FILE_HEADER_CONSTRUCTION | EFI_FILE_HEADER_VALID | EFI_FILE_DATA_VALID;
}

STATIC VOID WriteVolume(BOOT_VOLUME* Volume) {
  ZeroMem(Volume, sizeof(*Volume));
  Volume->Volume.FileSystemGuid = gEfiFirmwareFileSystem2Guid;
  Volume->Volume.FvLength = sizeof(*Volume);
  Volume->Volume.Signature = EFI_FVH_SIGNATURE;
  Volume->Volume.HeaderLength = OFFSET_OF(BOOT_VOLUME, File);
  Volume->Volume.Revision = EFI_FVH_REVISION;
  WriteFile(&Volume->File, &Volume->Section);
}

/* The harness's platform copies SEC's stack; the frames of the core lie on another. */
STATIC EFI_STATUS EFIAPI Move(IN CONST EFI_PEI_SERVICES** PeiServices, IN EFI_PHYSICAL_ADDRESS From,
                              IN EFI_PHYSICAL_ADDRESS To, IN UINTN Bytes) {
  CONST EFI_STATUS Status = mPlatform->TemporaryRamMigration(PeiServices, From, To, Bytes);

  adapter_copy_stack((UINTN)To - (UINTN)mSec->StackBase);
  return Status;
}

STATIC EFI_PEI_TEMPORARY_RAM_SUPPORT_PPI mMover = {Move};

STATIC VOID CopyPpis(EFI_PEI_PPI_DESCRIPTOR* To, CONST EFI_PEI_PPI_DESCRIPTOR* From) {
  CONST EFI_PEI_PPI_DESCRIPTOR* CONST Last = To + PPIS_MAX - 1;

  for (;; To++, From++) {
    *To = *From;
    if (CompareGuid(From->Guid, &gEfiTemporaryRamSupportPpiGuid)) {
      mPlatform = From->Ppi;
      To->Ppi = &mMover;
    }
    if (To == Last) To->Flags |= EFI_PEI_PPI_DESCRIPTOR_TERMINATE_LIST;
    if ((To->Flags & EFI_PEI_PPI_DESCRIPTOR_TERMINATE_LIST) != 0) return;
  }
}

/* The dispatcher marks a file as dispatched and then calls it. Without the mark, and with another
   pass asked for, it calls the file again. */
EFI_STATUS EFIAPI HobnailPeim(IN EFI_PEI_FILE_HANDLE File, IN CONST EFI_PEI_SERVICES** Services) {
  PEI_CORE_INSTANCE* CONST Private = PEI_CORE_INSTANCE_FROM_PS_THIS(Services);
  PEI_CORE_FV_HANDLE* Fv;

  adapter_yield((VOID*)Services);
  Fv = &Private->Fv[Private->CurrentPeimFvCount];
  Fv->PeimState[Private->CurrentPeimCount] = PEIM_STATE_NOT_DISPATCHED;
  Private->PeimNeedingDispatch = TRUE;
  return EFI_SUCCESS;
}

/* SEC's structures lie on its stack, where the core finds them after the move. */
void edk2_start(const void* hand_off, const void* ppis) {
  EFI_SEC_PEI_HAND_OFF Sec = *(CONST EFI_SEC_PEI_HAND_OFF*)hand_off;
  EFI_PEI_PPI_DESCRIPTOR Ppis[PPIS_MAX];

  mSec = hand_off;
  WriteVolume(&mVolume);
  Sec.BootFirmwareVolumeBase = &mVolume;
  Sec.BootFirmwareVolumeSize = sizeof(mVolume);
  if (ppis != NULL) CopyPpis(Ppis, ppis);
  PeiCore(&Sec, ppis == NULL ? NULL : Ppis, NULL);
}
