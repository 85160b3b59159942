// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Trace: a call and its effect in the field's words, for people who read a replay.
#pragma once

#include <cstdint>
#include <string>

#include "properties/oracle/sight.h"

namespace pei::oracle {

// EfiBootServicesData, or the number.
[[nodiscard]] std::string efi_memory_type(std::uint32_t type);

// EFI_HOB_TYPE_GUID_EXTENSION, or the number.
[[nodiscard]] std::string efi_hob_type(std::uint16_t type);

// EFI_SUCCESS, EFI_OUT_OF_RESOURCES, ..., or the number.
[[nodiscard]] std::string status_text(EFI_STATUS status);

// What differs between two looks in one phase: cursors that moved, HOBs that were appended,
// retired, re-used or retyped. Empty when nothing does.
[[nodiscard]] std::string describe_change(const Sight& before, const Sight& after);

// The PHIT in one line: where everything stands.
[[nodiscard]] std::string describe_phit(const Sight& sight);

}  // namespace pei::oracle
