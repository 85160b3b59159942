/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * What EDK II's build generates for each module and includes before each source. Tables.h has the
 * GUIDs and the defaults of the .dec files; the values below are those of this build.
 *
 * Invariant: the sources under test are unmodified; all that differs from a firmware build is here.
 */
#ifndef HOBNAIL_EDK2_AUTOGEN_H_
#define HOBNAIL_EDK2_AUTOGEN_H_

#ifdef HOBNAIL_EDK2_DXE
#include <PiDxe.h>
#else
#include <PiPei.h>
#endif

#include <Library/DebugLib.h>
#include <Library/PcdLib.h>

#include <Tables.h>

extern GUID gEfiCallerIdGuid;
extern CHAR8* gEfiCallerBaseName;

/* The core stays where it is: there is no flash to leave, and a shadowed PEIM costs pages. */
#undef _PCD_GET_MODE_BOOL_PcdShadowPeimOnBoot
#define _PCD_GET_MODE_BOOL_PcdShadowPeimOnBoot FALSE
#undef _PCD_GET_MODE_BOOL_PcdShadowPeimOnS3Boot
#define _PCD_GET_MODE_BOOL_PcdShadowPeimOnS3Boot FALSE
#undef _PCD_GET_MODE_BOOL_PcdMigrateTemporaryRamFirmwareVolumes
#define _PCD_GET_MODE_BOOL_PcdMigrateTemporaryRamFirmwareVolumes FALSE
#undef _PCD_GET_MODE_BOOL_PcdPeiMemoryBinsEnable
#define _PCD_GET_MODE_BOOL_PcdPeiMemoryBinsEnable (HOBNAIL_EDK2_BINS)

#if HOBNAIL_EDK2_GRANULE
#undef RUNTIME_PAGE_ALLOCATION_GRANULARITY
#define RUNTIME_PAGE_ALLOCATION_GRANULARITY (HOBNAIL_EDK2_GRANULE)
#endif

void adapter_stop(const char* file, int line, const char* function, const char* text);
#undef _ASSERT
#define _ASSERT(Expression) adapter_stop(__FILE__, __LINE__, __func__, "ASSERT (" #Expression ")")

#endif
