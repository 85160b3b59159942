// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Tables of PI's and UEFI's names.
#include "properties/oracle/pi_names.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

namespace pei::oracle {
namespace {

constexpr std::array<std::string_view, 16> kMemoryTypes{"EfiReservedMemoryType",
                                                        "EfiLoaderCode",
                                                        "EfiLoaderData",
                                                        "EfiBootServicesCode",
                                                        "EfiBootServicesData",
                                                        "EfiRuntimeServicesCode",
                                                        "EfiRuntimeServicesData",
                                                        "EfiConventionalMemory",
                                                        "EfiUnusableMemory",
                                                        "EfiACPIReclaimMemory",
                                                        "EfiACPIMemoryNVS",
                                                        "EfiMemoryMappedIO",
                                                        "EfiMemoryMappedIOPortSpace",
                                                        "EfiPalCode",
                                                        "EfiPersistentMemory",
                                                        "EfiUnacceptedMemoryType"};

constexpr std::array<std::string_view, 13> kHobTypes{"",
                                                     "EFI_HOB_TYPE_HANDOFF",
                                                     "EFI_HOB_TYPE_MEMORY_ALLOCATION",
                                                     "EFI_HOB_TYPE_RESOURCE_DESCRIPTOR",
                                                     "EFI_HOB_TYPE_GUID_EXTENSION",
                                                     "EFI_HOB_TYPE_FV",
                                                     "EFI_HOB_TYPE_CPU",
                                                     "EFI_HOB_TYPE_MEMORY_POOL",
                                                     "",
                                                     "EFI_HOB_TYPE_FV2",
                                                     "EFI_HOB_TYPE_LOAD_PEIM_UNUSED",
                                                     "EFI_HOB_TYPE_UEFI_CAPSULE",
                                                     "EFI_HOB_TYPE_FV3"};

}  // namespace

std::string efi_memory_type(std::uint32_t type) {
  return type < kMemoryTypes.size() ? std::string(kMemoryTypes[type]) : fmt::format("{:#x}", type);
}

std::string efi_hob_type(std::uint16_t type) {
  if (type == EFI_HOB_TYPE_UNUSED) return "EFI_HOB_TYPE_UNUSED";
  if (type == EFI_HOB_TYPE_END_OF_HOB_LIST) return "EFI_HOB_TYPE_END_OF_HOB_LIST";
  if (type < kHobTypes.size() && !kHobTypes[type].empty()) return std::string(kHobTypes[type]);
  return fmt::format("{:#06x}", type);
}

std::string status_text(EFI_STATUS status) {
  switch (status) {
    case EFI_SUCCESS:
      return "EFI_SUCCESS";
    case EFI_INVALID_PARAMETER:
      return "EFI_INVALID_PARAMETER";
    case EFI_OUT_OF_RESOURCES:
      return "EFI_OUT_OF_RESOURCES";
    case EFI_NOT_FOUND:
      return "EFI_NOT_FOUND";
    case EFI_NOT_AVAILABLE_YET:
      return "EFI_NOT_AVAILABLE_YET";
    case EFI_UNSUPPORTED:
      return "EFI_UNSUPPORTED";
    case EFI_ALREADY_STARTED:
      return "EFI_ALREADY_STARTED";
    default:
      return fmt::format("status {:#x}", status);
  }
}

}  // namespace pei::oracle
