// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// `hobnail check --suite`: claims on a target, instead of the rules alone.
#pragma once

#include "fuzz/command/options/check_options.h"

namespace hobnail {

// Prints each finding, and returns the exit code. Throws UsageError.
int check_suites(const CheckOptions& check);

}  // namespace hobnail
