// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The HOB list on the page: a box for each HOB in its order, and the table.
#pragma once

#include <string>
#include <vector>

#include "fuzz/boot_view/storyboard.h"

namespace hobnail {

// Of a long list, those that have changed and the last ones. `accused`: memory that evidence names.
[[nodiscard]] std::string html_hob_boxes(const Step& step, const Step* before,
                                         const std::vector<oracle::Region>& accused);

[[nodiscard]] std::string html_hob_table(const Step& step, const Step* before, bool open);

}  // namespace hobnail
