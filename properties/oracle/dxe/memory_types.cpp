// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "properties/oracle/dxe/memory_types.h"

#include "properties/oracle/pi.h"

namespace hobnail::oracle {

bool is_allocatable(std::uint32_t type) {
  return type <= EfiRuntimeServicesData || type == EfiACPIReclaimMemory || type == EfiACPIMemoryNVS;
}

bool has_runtime_granularity(std::uint32_t type) {
  return type == EfiReservedMemoryType || type == EfiRuntimeServicesCode ||
         type == EfiRuntimeServicesData || type == EfiACPIMemoryNVS;
}

Life life_of(std::uint32_t type) {
  switch (type) {
    case EfiLoaderCode:
    case EfiLoaderData:
    case EfiBootServicesCode:
    case EfiBootServicesData:
    case EfiConventionalMemory:
      return Life::BootServices;
    case EfiACPIReclaimMemory:
      return Life::AcpiTables;
    default:
      return Life::Stays;
  }
}

bool is_reusable(std::uint32_t type) { return life_of(type) == Life::BootServices; }

bool is_reclaimable(std::uint32_t type) { return life_of(type) == Life::AcpiTables; }

bool is_runtime(std::uint32_t type) {
  return type == EfiRuntimeServicesCode || type == EfiRuntimeServicesData || type == EfiPalCode;
}

}  // namespace hobnail::oracle
