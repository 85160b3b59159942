// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Names of what stands in a HOB, as the specification or its usual owner spells them. Total: what
// has no name is shown as its number.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "properties/oracle/pi.h"

namespace hobnail {

[[nodiscard]] std::string hob_type_name(std::uint16_t type);
[[nodiscard]] std::string memory_type_name(std::uint32_t type);
[[nodiscard]] std::string resource_type_name(std::uint32_t type);
// "present, initialized, tested, UC, WB"; "none" for 0.
[[nodiscard]] std::string resource_attribute_names(std::uint32_t attributes);
// "UC, WB, XP, SP"; "none" for 0.
[[nodiscard]] std::string memory_attribute_names(std::uint64_t attributes);
[[nodiscard]] std::string boot_mode_name(std::uint32_t mode);
// Empty when the GUID is not a known one.
[[nodiscard]] std::string_view known_guid_name(const pei::EFI_GUID& guid);
// The name, or the registry format.
[[nodiscard]] std::string guid_text(const pei::EFI_GUID& guid);

// "0x1000 bytes", "4 KiB", "68 MiB": the largest unit that is exact, else bytes.
[[nodiscard]] std::string size_text(std::uint64_t bytes);
// "[0x1000, 0x3000) 8 KiB"
[[nodiscard]] std::string range_text(std::uint64_t base, std::uint64_t length);

}  // namespace hobnail
