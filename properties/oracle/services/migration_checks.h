// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The migration, checked from the two lists and from the contents.
//
//   temporary RAM                           permanent memory
//   [PHIT][HOB]...[END]   [pages]    --->   [new stack][PHIT][HOB]...[END]   [pages][window pages]
//                                                                             ^ one common shift
#pragma once

#include "properties/oracle/boot/boot.h"

namespace hobnail::oracle {

// `boot.previous` is the list before, `boot.snapshot` the one after; the model follows.
[[nodiscard]] Verdict check_migration(Boot& boot);

}  // namespace hobnail::oracle
