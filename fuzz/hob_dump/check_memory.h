// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The checks of a HOB list that look at memory: allocations among each other, against the PHIT's
// memory and against the resource descriptors. For check.cpp.
#pragma once

#include <functional>

#include "fuzz/hob_dump/check.h"
#include "properties/oracle/hob_list/hob_view.h"

namespace hobnail {

using Say = std::function<void(Severity, std::string_view rule, std::size_t index, std::string)>;

// Expects a walked list whose HOBs have lengths that fit their types, as all checks of HOBs do.
void check_allocations(const oracle::HobView& view, const Say& say);

}  // namespace hobnail
