// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Planted bugs of the services, each a target that is broken in one way.
#pragma once

#include <span>

#include "properties/planted/faults.h"

namespace hobnail::oracle {

[[nodiscard]] std::span<const Fault> faults();

}  // namespace hobnail::oracle
