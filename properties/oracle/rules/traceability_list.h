// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// I1 to I24: the HOB list after every call, and CreateHob.
#pragma once

#include <span>

#include "properties/oracle/rules/traceability.h"

namespace hobnail::oracle {

namespace part {
[[nodiscard]] std::span<const Invariant> of_the_list();
}  // namespace part

}  // namespace hobnail::oracle
