/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * DebugLib and its neighbours for a host: of PEI's core, and of consumers of the HOB list. They
 * report to the harness what went wrong, and print nothing.
 */
#include <Base.h>

#include <Library/DebugLib.h>

/* BaseLib */
VOID EFIAPI CpuDeadLoop(VOID) { adapter_stop("CpuDeadLoop.c", 0, "CpuDeadLoop", "the core hangs"); }
VOID EFIAPI CpuBreakpoint(VOID) {}

/* DebugLib */
BOOLEAN EFIAPI DebugAssertEnabled(VOID) { return TRUE; }
BOOLEAN EFIAPI DebugPrintEnabled(VOID) { return FALSE; }
BOOLEAN EFIAPI DebugPrintLevelEnabled(IN CONST UINTN ErrorLevel) { return FALSE; }
BOOLEAN EFIAPI DebugCodeEnabled(VOID) { return TRUE; }
BOOLEAN EFIAPI DebugClearMemoryEnabled(VOID) { return FALSE; }
VOID EFIAPI DebugPrint(IN UINTN ErrorLevel, IN CONST CHAR8* Format, ...) {}
VOID EFIAPI DebugAssert(IN CONST CHAR8* File, IN UINTN Line, IN CONST CHAR8* Description) {
  adapter_stop(File, (int)Line, "DebugAssert", Description);
}

/* PerformanceLib, ReportStatusCodeLib, CacheMaintenanceLib: off */
BOOLEAN EFIAPI PerformanceMeasurementEnabled(VOID) { return FALSE; }
BOOLEAN EFIAPI LogPerformanceMeasurementEnabled(IN CONST UINTN Type) { return FALSE; }
BOOLEAN EFIAPI ReportProgressCodeEnabled(VOID) { return FALSE; }
BOOLEAN EFIAPI ReportErrorCodeEnabled(VOID) { return FALSE; }
BOOLEAN EFIAPI ReportDebugCodeEnabled(VOID) { return FALSE; }
VOID* EFIAPI InvalidateInstructionCacheRange(IN VOID* Address, IN UINTN Length) { return Address; }
