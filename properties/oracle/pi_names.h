// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// PI names: memory types, HOB types and status codes as the specifications spell them. The one
// table of each; a value without a name is printed as a number.
#pragma once

#include <cstdint>
#include <string>

#include "core/pi/hob.h"
#include "core/pi/types.h"

namespace pei::oracle {

// EfiBootServicesData, or the number.
[[nodiscard]] std::string efi_memory_type(std::uint32_t type);

// EFI_HOB_TYPE_GUID_EXTENSION, or the number.
[[nodiscard]] std::string efi_hob_type(std::uint16_t type);

// EFI_SUCCESS, EFI_OUT_OF_RESOURCES, ..., or the number.
[[nodiscard]] std::string status_text(EFI_STATUS status);

}  // namespace pei::oracle
