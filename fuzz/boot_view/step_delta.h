// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A step as what it changes of the step before: between the process that runs the boot and the one
// that draws, so that a boot of n ops that makes n HOBs is not n * n lines.
//
//   before   [PHIT][b0][b1][END]
//   after    [PHIT'][b0][b1][b2][END']     as JSON:  [ {PHIT'}, [1, 2], {b2}, {END'} ]
//
// An object is new; a pair is the index and count of entries of the step before.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "fuzz/boot_view/storyboard.h"

namespace hobnail {

[[nodiscard]] nlohmann::json step_delta(const Step& step, const Step& before);

// Throws nlohmann::json::exception, or std::runtime_error, when it is no delta to `before`.
[[nodiscard]] Step step_after(const nlohmann::json& delta, const Step& before);

}  // namespace hobnail
