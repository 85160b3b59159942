/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * What a platform gives PeiCore: the hand-off of SEC, and a boot firmware volume with one PEIM. The
 * PEIM's entry point is the harness, and the dispatcher calls it again and again.
 */
#include "PeiMain.h"

#include "adapter.h"

/* SEC lays its structures on its stack; the core expects to find them there after the move. */
#define SEC_PPIS_MAX 8

typedef struct {
  EFI_FIRMWARE_VOLUME_HEADER Volume;
  EFI_FV_BLOCK_MAP_ENTRY EndOfMap;
  EFI_FFS_FILE_HEADER File;
  EFI_COMMON_SECTION_HEADER Section;
  UINT8 Image[28]; /* never read: the loader of images is ours */
} BOOT_VOLUME;

STATIC BOOT_VOLUME mVolume;
STATIC CONST EFI_SEC_PEI_HAND_OFF* mSec;
STATIC EFI_PEI_TEMPORARY_RAM_SUPPORT_PPI* mPlatform;

GUID gEfiCallerIdGuid;
CHAR8* gEfiCallerBaseName = "PeiCore";

STATIC VOID SetSize24(UINT8* Size, UINTN Value) {
  Size[0] = (UINT8)Value;
  Size[1] = (UINT8)(Value >> 8);
  Size[2] = (UINT8)(Value >> 16);
}

STATIC VOID WriteFile(BOOT_VOLUME* Volume) {
  EFI_FFS_FILE_HEADER* File = &Volume->File;
  CONST UINTN Section = sizeof(Volume->Section) + sizeof(Volume->Image);
  UINT8 Sum = 0;
  UINTN Index;

  File->Name.Data1 = 0x1;
  File->Type = EFI_FV_FILETYPE_PEIM;
  SetSize24(File->Size, sizeof(*File) + Section);
  SetSize24(Volume->Section.Size, Section);
  Volume->Section.Type = EFI_SECTION_TE;
  for (Index = 0; Index < sizeof(*File); Index++) {
    Sum = (UINT8)(Sum + ((UINT8*)File)[Index]);
  }
  File->IntegrityCheck.Checksum.Header = (UINT8)(0x100 - Sum);
  File->IntegrityCheck.Checksum.File = FFS_FIXED_CHECKSUM;
  File->State = EFI_FILE_HEADER_CONSTRUCTION | EFI_FILE_HEADER_VALID | EFI_FILE_DATA_VALID;
}

STATIC VOID WriteVolume(BOOT_VOLUME* Volume) {
  ZeroMem(Volume, sizeof(*Volume));
  Volume->Volume.FileSystemGuid = gEfiFirmwareFileSystem2Guid;
  Volume->Volume.FvLength = sizeof(*Volume);
  Volume->Volume.Signature = EFI_FVH_SIGNATURE;
  Volume->Volume.HeaderLength = (UINT16)OFFSET_OF(BOOT_VOLUME, File);
  Volume->Volume.Revision = EFI_FVH_REVISION;
  WriteFile(Volume);
}

/* The platform's, and then the stack as well, which the harness's platform only copies. */
STATIC EFI_STATUS EFIAPI MoveTemporaryRam(IN CONST EFI_PEI_SERVICES** PeiServices,
                                          IN EFI_PHYSICAL_ADDRESS From, IN EFI_PHYSICAL_ADDRESS To,
                                          IN UINTN Bytes) {
  CONST UINTN Stack = (UINTN)mSec->StackBase;
  EFI_STATUS Status;

  Status = mPlatform->TemporaryRamMigration(PeiServices, From, To, Bytes);
  adapter_copy_stack((UINTN)To - Stack);
  return Status;
}

STATIC EFI_PEI_TEMPORARY_RAM_SUPPORT_PPI mMover = {MoveTemporaryRam};

STATIC VOID CopyPpis(EFI_PEI_PPI_DESCRIPTOR* To, CONST EFI_PEI_PPI_DESCRIPTOR* From) {
  UINTN Index;

  for (Index = 0; Index < SEC_PPIS_MAX; Index++) {
    To[Index] = From[Index];
    if (CompareGuid(From[Index].Guid, &gEfiTemporaryRamSupportPpiGuid)) {
      mPlatform = From[Index].Ppi;
      To[Index].Ppi = &mMover;
    }
    if ((From[Index].Flags & EFI_PEI_PPI_DESCRIPTOR_TERMINATE_LIST) != 0) {
      return;
    }
  }
  To[SEC_PPIS_MAX - 1].Flags |= EFI_PEI_PPI_DESCRIPTOR_TERMINATE_LIST;
}

/* The dispatcher marks the file as dispatched before it calls it. Reset the mark, and ask for
   another pass: PEIMs come for as long as the harness has some. */
EFI_STATUS EFIAPI HobnailPeim(IN EFI_PEI_FILE_HANDLE FileHandle,
                              IN CONST EFI_PEI_SERVICES** PeiServices) {
  PEI_CORE_INSTANCE* Private = PEI_CORE_INSTANCE_FROM_PS_THIS(PeiServices);

  adapter_yield((VOID*)PeiServices);
  Private->Fv[Private->CurrentPeimFvCount].PeimState[Private->CurrentPeimCount] =
      PEIM_STATE_NOT_DISPATCHED;
  Private->PeimNeedingDispatch = TRUE;
  return EFI_SUCCESS;
}

STATIC BOOLEAN IsApart(CONST EFI_SEC_PEI_HAND_OFF* Sec) {
  CONST UINTN Stack = (UINTN)Sec->StackBase;
  CONST UINTN Ram = (UINTN)Sec->TemporaryRamBase;

  return (BOOLEAN)(Stack < Ram || Stack + Sec->StackSize > Ram + Sec->TemporaryRamSize);
}

int edk2_accepts(const void* hand_off, const void* ppis, size_t least_heap, unsigned lacks) {
  CONST EFI_SEC_PEI_HAND_OFF* Sec = hand_off;
  CONST EFI_PEI_PPI_DESCRIPTOR* Ppi = ppis;
  CONST struct {
    unsigned Lack;
    EFI_GUID* Guid;
  } Offers[] = {{0x1, &gEfiSecHobDataPpiGuid},
                {0x2, &gEfiTemporaryRamSupportPpiGuid},
                {0x4, &gEfiPeiMemoryDiscoveredPpiGuid}};
  UINTN Index;

  if (Sec->PeiTemporaryRamSize < least_heap || ((lacks & 0x8) != 0 && IsApart(Sec))) {
    return 0;
  }
  for (; Ppi != NULL; Ppi++) {
    for (Index = 0; Index < ARRAY_SIZE(Offers); Index++) {
      if ((lacks & Offers[Index].Lack) != 0 && CompareGuid(Ppi->Guid, Offers[Index].Guid)) {
        return 0;
      }
    }
    if ((Ppi->Flags & EFI_PEI_PPI_DESCRIPTOR_TERMINATE_LIST) != 0) {
      break;
    }
  }
  return 1;
}

void edk2_start(const void* hand_off, const void* ppis) {
  EFI_SEC_PEI_HAND_OFF Sec = *(CONST EFI_SEC_PEI_HAND_OFF*)hand_off;
  EFI_PEI_PPI_DESCRIPTOR Ppis[SEC_PPIS_MAX];

  mSec = hand_off;
  WriteVolume(&mVolume);
  Sec.BootFirmwareVolumeBase = &mVolume;
  Sec.BootFirmwareVolumeSize = sizeof(mVolume);
  if (ppis != NULL) {
    CopyPpis(Ppis, ppis);
  }
  PeiCore(&Sec, ppis == NULL ? NULL : Ppis, NULL);
}
