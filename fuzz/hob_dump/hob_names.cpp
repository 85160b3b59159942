// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "fuzz/hob_dump/hob_names.h"

#include <fmt/format.h>

#include <array>
#include <span>

#include "properties/oracle/hob_list/hob_view.h"
#include "properties/oracle/pi_names.h"

namespace hobnail {
namespace {

struct Named {
  std::uint32_t number;
  std::string_view name;
};

constexpr std::array<Named, 17> kResourceAttributes{{
    {0x1, "present"},
    {0x2, "initialized"},
    {0x4, "tested"},
    {0x80, "read-protected"},
    {0x100, "write-protected"},
    {0x200, "execution-protected"},
    {0x400, "UC"},
    {0x800, "WC"},
    {0x1000, "WT"},
    {0x2000, "WB"},
    {0x20000, "UCE"},
    {0x800000, "persistent"},
    {0x2000000, "more-reliable"},
    {0x4000000, "encrypted"},
    {0x8000000, "special-purpose"},
    {0x10000000, "hot-pluggable"},
    {0x40000, "read-only-protected"},
}};

struct NamedBit {
  std::uint64_t bit;
  std::string_view name;
};

// EFI_MEMORY_*, UEFI 2.10 section 7.2.
constexpr std::array<NamedBit, 16> kMemoryAttributes{{
    {0x1, "UC"},
    {0x2, "WC"},
    {0x4, "WT"},
    {0x8, "WB"},
    {0x10, "UCE"},
    {0x1000, "WP"},
    {0x2000, "RP"},
    {0x4000, "XP"},
    {0x8000, "NV"},
    {0x10000, "MORE_RELIABLE"},
    {0x20000, "RO"},
    {0x40000, "SP"},
    {0x80000, "CPU_CRYPTO"},
    {0x100000, "HOT_PLUGGABLE"},
    {0x4000000000000000, "ISA_VALID"},
    {0x8000000000000000, "RUNTIME"},
}};

struct NamedGuid {
  pei::EFI_GUID guid;
  std::string_view name;
};

// clang-format off
constexpr std::array<NamedGuid, 9> kGuids{{
    {pei::EFI_HOB_MEMORY_ALLOC_STACK_GUID, "stack"},
    {pei::EFI_HOB_MEMORY_ALLOC_BSP_STORE_GUID, "BSP store"},
    {pei::EFI_HOB_MEMORY_ALLOC_MODULE_GUID, "module"},
    {pei::EFI_MEMORY_TYPE_INFORMATION_GUID, "MemoryTypeInformation"},
    {{0xea296d92, 0x0b69, 0x423c, {0x8c, 0x28, 0x33, 0xb4, 0xe0, 0xa9, 0x12, 0x68}},
     "PCD database"},
    {{0x9b3ada4f, 0xae56, 0x4c24, {0x8d, 0xea, 0xf0, 0x3b, 0x75, 0x58, 0xae, 0x50}},
     "PcdPeim"},
    {{0x86d70125, 0xbaa3, 0x4296, {0xa6, 0x2f, 0x60, 0x2b, 0xeb, 0xbb, 0x90, 0x81}},
     "DxeIpl"},
    {{0xd6a2cb7f, 0x6a18, 0x4e2f, {0xb4, 0x3b, 0x99, 0x20, 0xa7, 0x33, 0x70, 0x0a}},
     "DxeCore"},
    {{0x060cc026, 0x4c0d, 0x4dda, {0x8f, 0x41, 0x59, 0x5f, 0xef, 0x00, 0xa5, 0x02}},
     "status code records"},
}};
// clang-format on

std::string label_in(std::span<const oracle::PiName> names, std::uint32_t number,
                     std::string_view kind) {
  const oracle::PiName* const name = oracle::find_name(names, number);
  return name == nullptr ? fmt::format("{} {:#x}", kind, number) : std::string(name->label);
}

}  // namespace

std::string hob_type_name(std::uint16_t type) {
  return label_in(oracle::hob_type_names(), type, "type");
}

std::string memory_type_name(std::uint32_t type) {
  return label_in(oracle::memory_type_names(), type, "memory type");
}

std::string resource_type_name(std::uint32_t type) {
  return label_in(oracle::resource_type_names(), type, "resource type");
}

std::string boot_mode_name(std::uint32_t mode) {
  return label_in(oracle::boot_mode_names(), mode, "boot mode");
}

std::string resource_attribute_names(std::uint32_t attributes) {
  std::string text;
  for (const Named& row : kResourceAttributes) {
    if ((attributes & row.number) == 0) continue;
    attributes &= ~row.number;
    text += (text.empty() ? "" : ", ") + std::string(row.name);
  }
  if (attributes != 0) text += fmt::format("{}{:#x}", text.empty() ? "" : ", ", attributes);
  return text.empty() ? "none" : text;
}

std::string memory_attribute_names(std::uint64_t attributes) {
  std::string text;
  for (const NamedBit& row : kMemoryAttributes) {
    if ((attributes & row.bit) == 0) continue;
    attributes &= ~row.bit;
    text += (text.empty() ? "" : ", ") + std::string(row.name);
  }
  if (attributes != 0) text += fmt::format("{}{:#x}", text.empty() ? "" : ", ", attributes);
  return text.empty() ? "none" : text;
}

std::string_view known_guid_name(const pei::EFI_GUID& guid) {
  for (const NamedGuid& row : kGuids) {
    if (oracle::same_guid(row.guid, guid)) return row.name;
  }
  return {};
}

std::string guid_text(const pei::EFI_GUID& guid) {
  if (const auto name = known_guid_name(guid); !name.empty()) return std::string(name);
  return fmt::format("{:08x}-{:04x}-{:04x}-{:02x}{:02x}-{:02x}", guid.Data1, guid.Data2, guid.Data3,
                     guid.Data4[0], guid.Data4[1], fmt::join(guid.Data4 + 2, guid.Data4 + 8, ""));
}

std::string size_text(std::uint64_t bytes) {
  constexpr std::uint64_t kKiB = 0x400;
  constexpr std::uint64_t kMiB = kKiB * kKiB;
  constexpr std::uint64_t kGiB = kMiB * kKiB;
  if (bytes != 0 && bytes % kGiB == 0) return fmt::format("{} GiB", bytes / kGiB);
  if (bytes != 0 && bytes % kMiB == 0) return fmt::format("{} MiB", bytes / kMiB);
  if (bytes != 0 && bytes % kKiB == 0) return fmt::format("{} KiB", bytes / kKiB);
  return fmt::format("{:#x} bytes", bytes);
}

std::string range_text(std::uint64_t base, std::uint64_t length) {
  return fmt::format("[{:#x}, {:#x}) {}", base, base + length, size_text(length));
}

}  // namespace hobnail
