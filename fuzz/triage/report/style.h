// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The look of the page.
#pragma once

#include <string_view>

namespace hobnail {

[[nodiscard]] std::string_view html_style();

}  // namespace hobnail
