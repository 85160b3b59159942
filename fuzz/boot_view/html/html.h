// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The boot as a page: each op beside its picture, and the HOB list as a table. Self-contained: no
// script, no network; readable on a light ground and on a dark one, narrow or wide.
#pragma once

#include <cstddef>
#include <string>

#include "fuzz/boot_view/storyboard.h"

namespace hobnail {

[[nodiscard]] std::string boot_html(const Storyboard& story);

// The steps as elements of a page's <body>. `prefix`: of the ids, when there are several boots on a
// page.
[[nodiscard]] std::string boot_html_body(const Storyboard& story, const std::string& prefix);

}  // namespace hobnail
