/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * HobLib's view of a list: the HOBs that a walk from HOB to HOB meets, each asked for once more by
 * type (GetFirstHob, GetNextHob) and, with a name, by GUID.
 */
#include <Library/BaseMemoryLib.h>
#include <Library/HobLib.h>

#include "properties/consumers/edk2/adapter.h"

STATIC VOID Require(CONST VOID* Found, CONST VOID* Expected, CONST CHAR8* Function) {
  if (Found != Expected) adapter_stop("HobLib.c", 0, Function, "another HOB than the walk's");
}

/* Asks for `Hob` as the next of its type behind `Last`, the one of this type before it. */
STATIC VOID AskForIt(EFI_PEI_HOB_POINTERS Hob, CONST VOID* Last) {
  CONST EFI_GUID* CONST Name = &Hob.Guid->Name;
  EFI_PEI_HOB_POINTERS From;

  From.Raw = (UINT8*)Last;
  if (Last == NULL) Require(GetFirstHob(GET_HOB_TYPE(Hob)), Hob.Raw, "GetFirstHob");
  if (Last != NULL)
    Require(GetNextHob(GET_HOB_TYPE(Hob), GET_NEXT_HOB(From)), Hob.Raw, "GetNextHob");
  if (GET_HOB_TYPE(Hob) != EFI_HOB_TYPE_GUID_EXTENSION) return;
  Require(GetNextGuidHob(Name, Hob.Raw), Hob.Raw, "GetNextGuidHob");
  if (GetFirstGuidHob(Name) == NULL) Require(NULL, Hob.Raw, "GetFirstGuidHob");
}

#define TYPES 0x20 /* of PI; others are asked for from themselves */

uint64_t edk2_walk(edk2_hob* hobs, uint64_t room) {
  VOID* CONST List = GetHobList();
  VOID* Last[TYPES] = {NULL};
  EFI_PEI_HOB_POINTERS Hob;
  uint64_t Count = 0;

  for (Hob.Raw = List; !END_OF_HOB_LIST(Hob); Hob.Raw = GET_NEXT_HOB(Hob), Count++) {
    CONST UINT16 Type = GET_HOB_TYPE(Hob);

    if (Type < TYPES) AskForIt(Hob, Last[Type]);
    if (Type < TYPES) Last[Type] = Hob.Raw;
    if (Type >= TYPES) Require(GetNextHob(Type, Hob.Raw), Hob.Raw, "GetNextHob");
    if (Count >= room) continue;
    hobs[Count].offset = (uint64_t)(Hob.Raw - (UINT8*)List);
    hobs[Count].length = GET_HOB_LENGTH(Hob);
    hobs[Count].type = Type;
  }
  return Count;
}
