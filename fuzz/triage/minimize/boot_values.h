// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Plainer values in the ops of a boot. Each step returns true when something was changed.
#pragma once

#include "fuzz/triage/minimize/search.h"

namespace hobnail {

bool shrink_values(BootSearch& search);

}  // namespace hobnail
