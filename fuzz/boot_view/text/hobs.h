// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The HOB list as a line of words, and as a table.
#pragma once

#include <string>
#include <vector>

#include "fuzz/boot_view/storyboard.h"
#include "fuzz/boot_view/text/text_style.h"

namespace hobnail {

// The HOBs of a step in a word each; those that have not changed may be left out.
[[nodiscard]] std::vector<std::string> hobs_text(const Step& step, const Step* before,
                                                 const TextStyle& style);

// The list of a step as a table; on a narrow terminal, with the content below the rest.
[[nodiscard]] std::string hob_table_text(const Step& step, const TextStyle& style);

}  // namespace hobnail
