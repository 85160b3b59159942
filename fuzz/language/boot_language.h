// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The language of `.boot` files: docs/language.md and `hobnail help language`.
//
// Invariant: each cell of a column `example` is a line that replays in a boot with the results p0,
// b0 and h0; each block of code is a file (fuzz/command/tests/language_test.py).
#pragma once

#include "fuzz/language/article.h"

namespace hobnail {

[[nodiscard]] Article boot_language();

}  // namespace hobnail
