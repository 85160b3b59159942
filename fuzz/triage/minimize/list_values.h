// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Plainer values in a HOB list. Each step returns true when something was changed.
#pragma once

#include "fuzz/triage/minimize/search.h"

namespace hobnail {

bool plain_memory(ListSearch& search);
bool plain_fields(ListSearch& search);

}  // namespace hobnail
