// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The boot as one SVG picture, self-contained: time goes down, addresses go right, and what is at
// one place in two steps is one above the other. Readable on a light ground and on a dark one; a
// piece says what it is when pointed at, and to a screen reader.
#pragma once

#include <string>
#include <string_view>

#include "fuzz/boot_view/storyboard.h"

namespace hobnail {

// Steps that changed nothing, and folded ones of a long boot, are a line. Without steps: a picture
// that says so.
// `prefix`: of its ids, when there are several on a page: letters and digits, the first a letter.
[[nodiscard]] std::string boot_svg(const Storyboard& story, std::string_view prefix = {});

}  // namespace hobnail
