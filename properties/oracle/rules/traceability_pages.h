// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// I25 to I55: AllocatePages and FreePages.
#pragma once

#include <span>

#include "properties/oracle/rules/traceability.h"

namespace hobnail::oracle {

namespace part {
[[nodiscard]] std::span<const Invariant> of_pages();
}  // namespace part

}  // namespace hobnail::oracle
