// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// SHA-256 (FIPS 180-4): names a file by its bytes, for people who look for it.
#pragma once

#include <string>
#include <string_view>

namespace hobnail {

// 64 hex digits.
[[nodiscard]] std::string sha256(std::string_view bytes);

}  // namespace hobnail
