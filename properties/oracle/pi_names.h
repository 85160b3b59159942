// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// PI names: memory types, HOB types, resource types, boot modes and status codes. The one table of
// each, with every spelling that Hobnail prints or reads; a value without a name is a number.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "properties/oracle/pi.h"

namespace hobnail::oracle {

struct PiName {
  std::uint32_t number;
  std::string_view pi;     // as the specification spells it
  std::string_view word;   // in `.boot` and `.hobs` files; empty: written as a number
  std::string_view label;  // in dumps and pictures of HOBs
};

[[nodiscard]] std::span<const PiName> memory_type_names();
[[nodiscard]] std::span<const PiName> hob_type_names();
[[nodiscard]] std::span<const PiName> resource_type_names();
[[nodiscard]] std::span<const PiName> boot_mode_names();

// The row of `number`, or nullptr.
[[nodiscard]] const PiName* find_name(std::span<const PiName> names, std::uint32_t number);

// EfiBootServicesData, or the number.
[[nodiscard]] std::string efi_memory_type(std::uint32_t type);

// EFI_HOB_TYPE_GUID_EXTENSION, or the number.
[[nodiscard]] std::string efi_hob_type(std::uint16_t type);

// EFI_SUCCESS, EFI_OUT_OF_RESOURCES, ..., or the number.
[[nodiscard]] std::string status_text(EFI_STATUS status);

}  // namespace hobnail::oracle
