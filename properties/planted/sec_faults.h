// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Planted bugs about SEC and the platform, on boards that random programs seldom have.
#pragma once

#include <span>

#include "properties/planted/faults.h"

namespace hobnail::oracle {

[[nodiscard]] std::span<const Fault> sec_faults();

}  // namespace hobnail::oracle
