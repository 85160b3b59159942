// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What becomes of memory of each type once ExitBootServices has succeeded:
// docs/pei-semantics.md 4.5, UEFI 2.10 section 7.2 "Memory Type Usage after ExitBootServices()".
//
//   boot services  | tables for the system | firmware, devices, unusable
//   reusable         reusable once read      stays                --> longer and longer life
#pragma once

#include "core/pi/memory_map.h"

namespace pei::dxe {

enum class AfterExit : UINT8 {
  Reusable,             // the operating system may use it at once
  ReusableAfterTables,  // it may, once it has read the ACPI tables there
  KeptForRuntime,       // kept with its contents, and mapped when runtime services are called
  KeptUntouched,        // kept with its contents, over S1 to S3 as well
  NeverUsed,            // faulty
  Device,               // no memory: registers that firmware needs at run time
  Persistent,           // to be used as what it is
  MustBeAccepted,       // memory of a confidential guest, no use before it is accepted
  OfTheVendor,          // of a type that the OEM or the loader has made up: kept
  Unassigned,           // no such type
};

// `type`: an EFI_MEMORY_TYPE, or any number.
[[nodiscard]] constexpr AfterExit after_exit(UINT32 type) {
  switch (type) {
    case EfiLoaderCode:
    case EfiLoaderData:
    case EfiBootServicesCode:
    case EfiBootServicesData:
    case EfiConventionalMemory:
      return AfterExit::Reusable;
    case EfiACPIReclaimMemory:
      return AfterExit::ReusableAfterTables;
    case EfiRuntimeServicesCode:
    case EfiRuntimeServicesData:
    case EfiPalCode:
      return AfterExit::KeptForRuntime;
    case EfiReservedMemoryType:
    case EfiACPIMemoryNVS:
      return AfterExit::KeptUntouched;
    case EfiUnusableMemory:
      return AfterExit::NeverUsed;
    case EfiMemoryMappedIO:
    case EfiMemoryMappedIOPortSpace:
      return AfterExit::Device;
    case EfiPersistentMemory:
      return AfterExit::Persistent;
    case EfiUnacceptedMemoryType:
      return AfterExit::MustBeAccepted;
    default:
      return type >= MEMORY_TYPE_OEM_RESERVED_MIN ? AfterExit::OfTheVendor : AfterExit::Unassigned;
  }
}

// The types that the map shows with EFI_MEMORY_RUNTIME.
[[nodiscard]] constexpr bool is_runtime(UINT32 type) {
  return after_exit(type) == AfterExit::KeptForRuntime;
}

// Which of two claims to a page weighs more: 0, 1, or 2 for what outlives firmware.
[[nodiscard]] constexpr unsigned lifetime_of(UINT32 type) {
  const AfterExit after = after_exit(type);
  return after == AfterExit::Reusable ? 0 : after == AfterExit::ReusableAfterTables ? 1 : 2;
}

}  // namespace pei::dxe
