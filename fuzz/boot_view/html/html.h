// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The boot as a page: each op beside its picture, and the HOB list as a table. Self-contained: no
// script, no network; readable on a light ground and on a dark one, narrow or wide. Of a long boot
// most ops are folded, and open with a click.
#pragma once

#include <cstddef>
#include <string>

#include "fuzz/boot_view/storyboard.h"

namespace hobnail {

[[nodiscard]] std::string boot_html(const Storyboard& story);

// The boot for the page of another writer: its style, legend and steps, without title, index and
// program. `prefix`: of the ids, when there are several boots on a page: letters, digits and '-',
// the first a letter.
[[nodiscard]] std::string boot_html_figure(const Storyboard& story, const std::string& prefix);

}  // namespace hobnail
