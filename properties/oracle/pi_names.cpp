// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "properties/oracle/pi_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace hobnail::oracle {
namespace {

// clang-format off
constexpr std::array<PiName, 16> kMemoryTypes{{
    {0, "EfiReservedMemoryType", "Reserved", "Reserved"},
    {1, "EfiLoaderCode", "LoaderCode", "LoaderCode"},
    {2, "EfiLoaderData", "LoaderData", "LoaderData"},
    {3, "EfiBootServicesCode", "BootServicesCode", "BootServicesCode"},
    {4, "EfiBootServicesData", "BootServicesData", "BootServicesData"},
    {5, "EfiRuntimeServicesCode", "RuntimeServicesCode", "RuntimeServicesCode"},
    {6, "EfiRuntimeServicesData", "RuntimeServicesData", "RuntimeServicesData"},
    {7, "EfiConventionalMemory", "Conventional", "Conventional"},
    {8, "EfiUnusableMemory", "Unusable", "Unusable"},
    {9, "EfiACPIReclaimMemory", "ACPIReclaim", "ACPIReclaim"},
    {10, "EfiACPIMemoryNVS", "ACPINvs", "ACPINVS"},
    {11, "EfiMemoryMappedIO", "MMIO", "MMIO"},
    {12, "EfiMemoryMappedIOPortSpace", "MMIOPortSpace", "MMIOPort"},
    {13, "EfiPalCode", "PalCode", "PalCode"},
    {14, "EfiPersistentMemory", "Persistent", "Persistent"},
    {15, "EfiUnacceptedMemoryType", "Unaccepted", "Unaccepted"},
}};

constexpr std::array<PiName, 14> kHobTypes{{
    {EFI_HOB_TYPE_HANDOFF, "EFI_HOB_TYPE_HANDOFF", "Handoff", "PHIT"},
    {EFI_HOB_TYPE_MEMORY_ALLOCATION, "EFI_HOB_TYPE_MEMORY_ALLOCATION",
     "MemoryAllocation", "MemoryAllocation"},
    {EFI_HOB_TYPE_RESOURCE_DESCRIPTOR, "EFI_HOB_TYPE_RESOURCE_DESCRIPTOR",
     "ResourceDescriptor", "ResourceDescriptor"},
    {EFI_HOB_TYPE_GUID_EXTENSION, "EFI_HOB_TYPE_GUID_EXTENSION", "GuidExtension", "GuidExtension"},
    {EFI_HOB_TYPE_FV, "EFI_HOB_TYPE_FV", "Fv", "FV"},
    {EFI_HOB_TYPE_CPU, "EFI_HOB_TYPE_CPU", "Cpu", "CPU"},
    {EFI_HOB_TYPE_MEMORY_POOL, "EFI_HOB_TYPE_MEMORY_POOL", "MemoryPool", "MemoryPool"},
    {EFI_HOB_TYPE_FV2, "EFI_HOB_TYPE_FV2", "Fv2", "FV2"},
    {EFI_HOB_TYPE_LOAD_PEIM_UNUSED, "EFI_HOB_TYPE_LOAD_PEIM_UNUSED",
     "LoadPeimUnused", "LoadPeimUnused"},
    {EFI_HOB_TYPE_UEFI_CAPSULE, "EFI_HOB_TYPE_UEFI_CAPSULE", "Capsule", "UefiCapsule"},
    {EFI_HOB_TYPE_FV3, "EFI_HOB_TYPE_FV3", "Fv3", "FV3"},
    {0x000D, "", "", "ResourceDescriptor2"},
    {EFI_HOB_TYPE_UNUSED, "EFI_HOB_TYPE_UNUSED", "Unused", "Unused"},
    {EFI_HOB_TYPE_END_OF_HOB_LIST, "EFI_HOB_TYPE_END_OF_HOB_LIST", "EndOfHobList", "End"},
}};

constexpr std::array<PiName, 8> kResourceTypes{{
    {EFI_RESOURCE_SYSTEM_MEMORY, "EFI_RESOURCE_SYSTEM_MEMORY", "SystemMemory", "SystemMemory"},
    {EFI_RESOURCE_MEMORY_MAPPED_IO, "EFI_RESOURCE_MEMORY_MAPPED_IO",
     "MemoryMappedIo", "MemoryMappedIO"},
    {EFI_RESOURCE_IO, "EFI_RESOURCE_IO", "Io", "IO"},
    {EFI_RESOURCE_FIRMWARE_DEVICE, "EFI_RESOURCE_FIRMWARE_DEVICE",
     "FirmwareDevice", "FirmwareDevice"},
    {EFI_RESOURCE_MEMORY_MAPPED_IO_PORT, "EFI_RESOURCE_MEMORY_MAPPED_IO_PORT",
     "MemoryMappedIoPort", "MemoryMappedIOPort"},
    {EFI_RESOURCE_MEMORY_RESERVED, "EFI_RESOURCE_MEMORY_RESERVED",
     "MemoryReserved", "MemoryReserved"},
    {EFI_RESOURCE_IO_RESERVED, "EFI_RESOURCE_IO_RESERVED", "IoReserved", "IOReserved"},
    {EFI_RESOURCE_MEMORY_UNACCEPTED, "EFI_RESOURCE_MEMORY_UNACCEPTED",
     "MemoryUnaccepted", "MemoryUnaccepted"},
}};

constexpr std::array<PiName, 12> kBootModes{{
    {0x00, "BOOT_WITH_FULL_CONFIGURATION", "FullConfiguration", "full configuration"},
    {0x01, "BOOT_WITH_MINIMAL_CONFIGURATION", "", "minimal configuration"},
    {0x02, "BOOT_ASSUMING_NO_CONFIGURATION_CHANGES", "", "assuming no configuration changes"},
    {0x03, "BOOT_WITH_FULL_CONFIGURATION_PLUS_DIAGNOSTICS",
     "", "full configuration plus diagnostics"},
    {0x04, "BOOT_WITH_DEFAULT_SETTINGS", "", "default settings"},
    {0x05, "BOOT_ON_S4_RESUME", "", "S4 resume"},
    {0x06, "BOOT_ON_S5_RESUME", "", "S5 resume"},
    {0x07, "BOOT_WITH_MFG_MODE_SETTINGS", "", "manufacturing"},
    {0x10, "BOOT_ON_S2_RESUME", "", "S2 resume"},
    {0x11, "BOOT_ON_S3_RESUME", "S3Resume", "S3 resume"},
    {0x12, "BOOT_ON_FLASH_UPDATE", "", "flash update"},
    {0x20, "BOOT_IN_RECOVERY_MODE", "Recovery", "recovery"},
}};
// clang-format on

}  // namespace

std::span<const PiName> memory_type_names() { return kMemoryTypes; }
std::span<const PiName> hob_type_names() { return kHobTypes; }
std::span<const PiName> resource_type_names() { return kResourceTypes; }
std::span<const PiName> boot_mode_names() { return kBootModes; }

const PiName* find_name(std::span<const PiName> names, std::uint32_t number) {
  const auto found = std::find_if(names.begin(), names.end(),
                                  [&](const PiName& each) { return each.number == number; });
  return found == names.end() ? nullptr : &*found;
}

std::string efi_memory_type(std::uint32_t type) {
  const PiName* const name = find_name(kMemoryTypes, type);
  return name == nullptr ? fmt::format("{:#x}", type) : std::string(name->pi);
}

std::string efi_hob_type(std::uint16_t type) {
  const PiName* const name = find_name(kHobTypes, type);
  const bool known = name != nullptr && !name->pi.empty();
  return known ? std::string(name->pi) : fmt::format("{:#06x}", type);
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

}  // namespace hobnail::oracle
