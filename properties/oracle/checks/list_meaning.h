// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What a HOB list says of memory, whichever records say it: which pages are live, of which type,
// and which are free. Under Standard::Pi a call that fails may change the records, not this.
#pragma once

#include <string>

#include "properties/oracle/model/list_snapshot.h"

namespace hobnail::oracle {

// How two snapshots of one list differ in that, or in HOBs of other types that are new; empty when
// they do not.
[[nodiscard]] std::string change_of_meaning(const Model& model, const HobListSnapshot& before,
                                            const HobListSnapshot& after);

}  // namespace hobnail::oracle
