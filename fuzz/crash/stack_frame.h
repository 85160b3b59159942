// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A line of a report's stack, and whose it is: the target's, the harness's that called the target,
// or of a runtime (sanitizer, libFuzzer, C and C++ library), which shows where a fault was noticed
// and not whose it is.
#pragma once

#include <string>
#include <string_view>

namespace hobnail {

// "    #1 0x50 in pei::commit_pages(pei::Arena&) /x/core/pages.cpp:70:9"
[[nodiscard]] bool is_stack_frame(std::string_view line);

// True for a frame of the harness or of what called it: what is above it is the target's.
[[nodiscard]] bool calls_the_target(std::string_view line);

// The function without its arguments, template parameters and return type, or "module+0x12" where
// there are no symbols. Empty: no frame, or one of a runtime.
[[nodiscard]] std::string frame_of(std::string_view line);

}  // namespace hobnail
