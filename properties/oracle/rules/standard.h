// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Standard: what a finding may rest on. PI is the specification, and memory that is lost, leaked,
// shared or read by others, whatever the text says. Practice is what EDK II does, or what our own
// core promises; other cores need not.
//
//   Pi      only what breaks PI is reported
//   Strict  what breaks practice is reported too
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace hobnail::oracle {

enum class Standard : std::uint8_t { Pi, Strict };

// The names on command lines and in HOBNAIL_STANDARD: "pi", "strict".
[[nodiscard]] std::string_view standard_name(Standard standard);
[[nodiscard]] std::optional<Standard> parse_standard(std::string_view name);

}  // namespace hobnail::oracle
