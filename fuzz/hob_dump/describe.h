// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// describe_hob: what a HOB says, in words on one line. It reads only what the HOB's length covers.
#pragma once

#include <cstddef>
#include <string>

#include "properties/oracle/hob_list/hob_view.h"

namespace hobnail {

[[nodiscard]] std::string describe_hob(const pei::oracle::HobView& view, std::size_t index);

// The table of the command: a line per HOB.
[[nodiscard]] std::string hob_table(const pei::oracle::HobView& view);

}  // namespace hobnail
