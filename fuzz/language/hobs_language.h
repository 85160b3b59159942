// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The language of `.hobs` files: docs/hobs-language.md and `hobnail help hobs-language`.
//
// Invariant: each cell of a column `example` is a line of a list; each block of code is a file
// (fuzz/command/tests/language_test.py).
#pragma once

#include "fuzz/language/article.h"

namespace hobnail {

[[nodiscard]] Article hobs_language();

}  // namespace hobnail
