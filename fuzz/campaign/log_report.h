// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Lines of reports by the sanitizers of clang 14, and by libFuzzer.
#pragma once

#include <string>
#include <string_view>

namespace hobnail {

// The kind of the report that this line begins: "ASAN-USE-AFTER-POISON", "TIMEOUT"; or empty.
[[nodiscard]] std::string report_kind(std::string_view line);

// The function of a stack frame, when it is one of the code under test; or empty.
[[nodiscard]] std::string frame_of_ours(std::string_view line);

// A stack frame of whoever called the target: nothing to learn from it.
[[nodiscard]] bool is_below_the_target(std::string_view line);

}  // namespace hobnail
