// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The specification's layouts, for the oracle: all that it shares with a core. A name of the
// oracle's own hides one of PI's.
#pragma once

#include "core/pi/hob.h"
#include "core/pi/memory_map.h"
#include "core/pi/memory_type_information.h"
#include "core/pi/pei_services.h"
#include "core/pi/ppi.h"
#include "core/pi/types.h"

namespace hobnail::oracle {
using namespace pei;  // NOLINT(google-build-using-namespace): PI's names, as PI spells them
}  // namespace hobnail::oracle
