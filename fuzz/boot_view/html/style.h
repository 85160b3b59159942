// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The stylesheet of the page.
#pragma once

#include <string>

namespace hobnail {

// All rules are below .boot.
[[nodiscard]] std::string boot_html_css();

}  // namespace hobnail
