// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The ops of the page: in full, and folded to a line that opens.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "fuzz/boot_view/folding.h"
#include "fuzz/boot_view/lane.h"

namespace hobnail {

// Where the elements of one boot are on the page.
struct HtmlBoot {
  const Storyboard& story;
  const std::vector<Lane>& lanes;
  const std::string& prefix;  // of ids
};

// The id of a step, behind the prefix: "12", "reset", "end".
[[nodiscard]] std::string step_number(const Step& step);

[[nodiscard]] std::string html_step(const HtmlBoot& boot, std::size_t index);
[[nodiscard]] std::string html_fold(const HtmlBoot& boot, const Fold& fold);

// "ops 12 to 51"
[[nodiscard]] std::string fold_name(const Storyboard& story, const Fold& fold);

}  // namespace hobnail
