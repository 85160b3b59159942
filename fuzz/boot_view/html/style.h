// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The stylesheet of the page.
#pragma once

#include <string>
#include <string_view>

namespace hobnail {

// All rules are below .boot and .pic. `prefix`: of the ids of patterns.
[[nodiscard]] std::string boot_html_css(std::string_view prefix);

}  // namespace hobnail
